using System.Collections.Concurrent;

namespace Orchestrator.Emulator.Runs;

/// <summary>Counts dispatches of the same model with the same inputs, so that runs with other inputs do not use up each other's faults.</summary>
internal sealed class Occasions
{
    private readonly ConcurrentDictionary<(string Model, ulong Inputs), int> _seen = new();

    /// <summary>Which one this is, from 0.</summary>
    public int Next(string model, ulong inputs) => _seen.AddOrUpdate((model, inputs), 0, static (_, last) => last + 1);

    public void Clear() => _seen.Clear();
}
