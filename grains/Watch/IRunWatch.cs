using Orleans.Services;

namespace Orchestrator.Grains.Watch;

/// <summary>On every silo: sees to it that unfinished runs are worked on.</summary>
/// <remarks>Names and numbers of this contract travel between silos of different versions and never change; new members only.</remarks>
[Alias("orchestrator.run-watch")]
internal interface IRunWatch : IGrainService
{
    /// <summary>These runs will be handed over to this silo: it reads their journals as far as they go. Completes when it has.</summary>
    /// <param name="runs">At most a few hundred.</param>
    [Alias("prepare")]
    Task PrepareAsync(IReadOnlyList<string> runs);
}
