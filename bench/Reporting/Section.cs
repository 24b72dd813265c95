namespace Orchestrator.Bench.Reporting;

/// <summary>What one scenario found. Kept beside the report as JSON, so that a partial run renews its own section only.</summary>
internal sealed record Section
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What was done, in Markdown.</summary>
    public required string Text { get; init; }

    public required IReadOnlyList<Figure> Figures { get; init; }

    public IReadOnlyList<CpuRow> Cpu { get; init; } = [];

    public IReadOnlyList<ChartFile> Charts { get; init; } = [];

    /// <summary>What was left out, and what went wrong.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public string Machine { get; init; } = "";

    public string Command { get; init; } = "";
}
