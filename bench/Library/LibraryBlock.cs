namespace Orchestrator.Bench.Library;

/// <summary>
/// Two turns of each client, one right after the other and in both orders (a b b a): what drifts while they are measured, on a machine that does
/// other things as well, weighs on both alike.
/// </summary>
internal sealed record LibraryBlock(LibraryCost Bare, LibraryCost Ours);
