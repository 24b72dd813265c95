using Orchestrator.Engine.Readers;

namespace Orchestrator.Engine.Hosting;

public abstract record OpenedReader
{
    private OpenedReader()
    {
    }

    /// <summary>The caller disposes it.</summary>
    public sealed record Opened(IRunReader Reader) : OpenedReader;

    /// <summary>The run has ended and there is nothing after that position.</summary>
    public sealed record NothingLeft : OpenedReader;

    public sealed record NotFound : OpenedReader;
}
