namespace Orchestrator.Engine.Statistics;

/// <summary>What has been counted of one run that is worked on: the next fold is counted as the difference.</summary>
internal sealed class RunTally
{
    public long Events { get; set; }

    public long InputTokens { get; set; }

    public long OutputTokens { get; set; }

    public long Reattaches { get; set; }

    public long Fallbacks { get; set; }

    public bool HasFirstEvent { get; set; }

    public bool HasEnded { get; set; }
}
