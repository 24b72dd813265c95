namespace Orchestrator.Gateway;

/// <summary>The caller's own price of a request, for the gateway's accounts instead of the list price.</summary>
/// <param name="PerTokenIn">US dollars for one token of the input, 0 or more.</param>
/// <param name="PerTokenOut">US dollars for one token of the output, 0 or more.</param>
public sealed record CustomCost(decimal PerTokenIn, decimal PerTokenOut);
