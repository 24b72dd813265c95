namespace Orchestrator.Engine.Runs;

/// <summary>The legs after the first.</summary>
public sealed record FallbackSpec
{
    public const string ClientMode = "client";
    public const string ServerMode = "server";

    /// <summary><c>client</c>: this service moves on to the next leg. <c>server</c>: the gateway does.</summary>
    public string Mode { get; init; } = ClientMode;

    public IReadOnlyList<string> Models { get; init; } = [];
}
