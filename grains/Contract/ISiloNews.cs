using Orleans.Services;

namespace Orchestrator.Grains.Contract;

/// <summary>On every silo: tells the others what operators want to know of its runs.</summary>
/// <remarks>Names and numbers of this contract travel between silos of different versions and never change; new members only.</remarks>
[Alias("orchestrator.silo-news")]
internal interface ISiloNews : IGrainService
{
    /// <summary>What the silo is.</summary>
    [Alias("facts")]
    Task<SiloFacts> FactsAsync();

    /// <summary>The runs that have changed since a place.</summary>
    [Alias("changes")]
    Task<SiloChanges> ChangesAsync(ChangesAsk ask);

    /// <summary>What the silo's runs did.</summary>
    [Alias("counts")]
    Task<SiloCounts> CountsAsync(CountsAsk ask);
}
