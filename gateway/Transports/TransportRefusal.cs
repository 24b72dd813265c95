namespace Orchestrator.Gateway;

/// <summary>What was asked for can not be had together (<see cref="ErrorCodes.Config"/>).</summary>
/// <param name="Problems">
/// At least one. Fields are paths in the run as it is submitted: <c>model</c>, <c>resume</c>, <c>transport</c>, <c>byok</c>,
/// <c>gateway/cacheTtl</c>, <c>gateway/skipCache</c>, <c>fallback/mode</c>, <c>endpoint</c>; of <see cref="IAiGateway.Decide"/> also
/// <c>input</c>, <c>gateway/…</c>, <c>extraHeaders/…</c>, <c>sessionAffinity</c> and <c>fallback/models/{index}/…</c>.
/// </param>
public sealed record TransportRefusal(IReadOnlyList<ConfigProblem> Problems) : TransportDecision;
