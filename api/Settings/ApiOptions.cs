namespace Orchestrator.Api;

/// <summary>Bounds of the API: the section <c>Api</c> of the configuration.</summary>
public sealed class ApiOptions
{
    /// <summary>The largest body of a request, in bytes. Default 8 MiB.</summary>
    public int MaxBodyBytes { get; set; } = 8 * 1024 * 1024;

    /// <summary>
    /// How deep a body may nest. Default 64, which is also the most: the engine reads a submitted input with that bound.
    /// </summary>
    public int MaxDepth { get; set; } = 64;

    /// <summary>The longest that <c>/output?wait=</c> waits, whatever is asked for. Default 60 s.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Runs on a page of the list where the caller names no number. Default 50.</summary>
    public int DefaultListLimit { get; set; } = 50;

    /// <summary>The most runs on a page of the list. Default 200.</summary>
    public int MaxListLimit { get; set; } = 200;
}
