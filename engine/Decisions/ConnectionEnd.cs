using Orchestrator.Engine.Runs;

namespace Orchestrator.Engine.Decisions;

/// <summary>How the connection that the executor held came to its end. Not in the journal: what follows from it is.</summary>
public abstract record ConnectionEnd
{
    private ConnectionEnd()
    {
    }

    /// <summary>The answer told its own end, or that it failed: the fold has it.</summary>
    public sealed record Told : ConnectionEnd
    {
        public static readonly Told Instance = new();
    }

    /// <summary>The upstream closed in order.</summary>
    public sealed record Clean : ConnectionEnd
    {
        public static readonly Clean Instance = new();
    }

    /// <summary>The connection broke, or stayed silent too long; <paramref name="Reason"/> is a detach reason.</summary>
    public sealed record Broken(string Reason, string? Message) : ConnectionEnd;

    /// <summary>The request, or the re-attach, was answered with an error, or not at all.</summary>
    public sealed record Refused(RunError Error) : ConnectionEnd;

    /// <summary>There was none: the leg's turn will not come, or is too far off while there is another leg.</summary>
    public sealed record NoTurn(Step.Dispatch Dispatch, RunError Error) : ConnectionEnd;

    /// <summary>Another host, or an earlier life of this one, held the connection.</summary>
    public sealed record HostGone(bool Lost) : ConnectionEnd;
}
