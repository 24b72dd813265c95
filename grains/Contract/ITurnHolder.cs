using Orleans.Services;

namespace Orchestrator.Grains.Contract;

/// <summary>On every silo: tells a limit's grain that has moved which turns the silo holds.</summary>
[Alias("orchestrator.turn-holder")]
internal interface ITurnHolder : IGrainService
{
    /// <summary>Open turns, and those that were sent so lately that they count in a window.</summary>
    [Alias("held")]
    Task<HeldTurn[]> HeldAsync(string limit);
}
