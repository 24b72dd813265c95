namespace Orchestrator.Engine.Turns;

/// <summary>The limits of the account at the upstream. The defaults are what Cloudflare gives for Workers AI.</summary>
public sealed class LimitOptions
{
    /// <summary>Requests a minute for each Workers AI model, by task; 0 is no limit. A model in <see cref="Models"/> has its own.</summary>
    public Dictionary<string, int> RequestsPerMinute { get; } = new(StringComparer.Ordinal)
    {
        ["text-generation"] = 300,
        ["embeddings"] = 3_000,
        ["image"] = 720,
        ["vision"] = 720,
        ["translation"] = 720,
        ["classification"] = 2_000,
        ["transcription"] = 720,
    };

    /// <summary>Of single models, of any provider. The whole name goes before the longest beginning.</summary>
    public List<ModelLimit> Models { get; } = [new ModelLimit { Model = "@cf/baai/bge-large-en-v1.5", Requests = 1_500 }];

    /// <summary>
    /// Neurons that Workers AI models may spend in a day, which ends at 00:00 UTC; 0 is no budget of our own. An account that pays must not
    /// stand still at the free allocation of 10,000, and one that does not is told by the upstream when it is spent.
    /// </summary>
    public double NeuronsPerDay { get; set; }

    /// <summary>What becomes of runs when they are spent.</summary>
    public OverBudget OverBudget { get; set; } = OverBudget.Wait;

    /// <summary>What Workers AI models cost, before <see cref="NeuronPrices.Known"/>.</summary>
    public List<NeuronPrice> Prices { get; } = [];
}
