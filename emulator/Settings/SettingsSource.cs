using Microsoft.Extensions.Options;

namespace Orchestrator.Emulator.Settings;

/// <summary>Puts a run's settings together: the options, then the faults on its model, then the keys in its model name.</summary>
internal sealed class SettingsSource(IOptions<EmulatorOptions> options, FaultTable faults)
{
    private readonly RunSettings _defaults = new()
    {
        Events = options.Value.DefaultEvents,
        Rate = options.Value.DefaultRate,
        Seed = options.Value.Seed,
    };

    /// <summary>Of the gateways themselves, in seconds; null where they have none.</summary>
    public int? CacheTtl { get; } = options.Value.CacheTtl > 0 ? options.Value.CacheTtl : null;

    /// <exception cref="BadSettingException">A key or value in the model's name is wrong.</exception>
    public RunSettings For(ModelName model)
    {
        var named = Check(model.Keys);
        return named.Aggregate(faults.Take(model).Aggregate(_defaults, Set), Set);
    }

    /// <summary>The same keys, each known and with a value that it takes.</summary>
    /// <exception cref="BadSettingException">One is not.</exception>
    public IReadOnlyList<KeyValuePair<string, string>> Check(IReadOnlyList<KeyValuePair<string, string>> keys)
    {
        keys.Aggregate(_defaults, Set);
        return keys;
    }

    private static RunSettings Set(RunSettings settings, KeyValuePair<string, string> pair) =>
        SettingKeys.Set(settings, pair.Key, pair.Value);
}
