namespace Orchestrator.Emulator.Runs;

/// <summary>An error as it goes to the caller.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">The JSON body, in the shape of whoever it comes from.</param>
/// <param name="RetryAfter">Seconds for a <c>Retry-After</c> header.</param>
internal sealed record GatewayFailure(int Status, string Body, int? RetryAfter = null);
