namespace Orchestrator.Bench.Processes;

/// <summary>What a load client connects to.</summary>
internal interface ITarget : IAsyncDisposable
{
    /// <summary>As tables and charts name it.</summary>
    string Name { get; }

    /// <summary>On loopback.</summary>
    int Port { get; }

    /// <summary>The processes it consists of.</summary>
    int[] Processes { get; }
}
