namespace Orchestrator.Engine.Turns;

/// <summary>What is known of a day's neurons.</summary>
/// <param name="Day">Days since 1970, UTC.</param>
/// <param name="Neurons">Spent; what is under way is not among it.</param>
/// <param name="IsRefused">The account's own count says that nothing is left of the day.</param>
public readonly record struct NeuronsSpent(long Day, double Neurons, bool IsRefused);
