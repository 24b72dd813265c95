using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Orchestrator.Emulator.Runs;

/// <summary>
/// The runs by id. A run can be resumed until <see cref="EmulatorOptions.BufferTtl"/> after the end of its generation, never while
/// it goes on; what counters and tests ask about it stays longer, up to a bound.
/// </summary>
internal sealed class RunStore(TimeProvider time, IOptions<EmulatorOptions> options)
{
    /// <summary>Runs whose buffer is gone are forgotten, oldest first, beyond this many.</summary>
    private const int Remembered = 20_000;

    private readonly ConcurrentDictionary<string, EmulatedRun> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<EmulatedRun> _byAge = new();

    public void Add(EmulatedRun run)
    {
        _byId[run.Id] = run;
        _byAge.Enqueue(run);
        while (_byId.Count > Remembered && _byAge.TryPeek(out var oldest) && IsExpired(oldest) && _byAge.TryDequeue(out oldest))
        {
            _byId.TryRemove(oldest.Id, out _);
        }
    }

    public EmulatedRun? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The run whose buffer is still there under this id.</summary>
    public EmulatedRun? FindResumable(string gateway, string id) =>
        Find(id) is { Resumable: true } run && run.Gateway == gateway && !IsExpired(run) ? run : null;

    /// <summary>All runs, oldest first.</summary>
    public IReadOnlyList<EmulatedRun> All() => [.. _byAge.Where(run => _byId.ContainsKey(run.Id))];

    public void Clear()
    {
        _byId.Clear();
        _byAge.Clear();
    }

    private bool IsExpired(EmulatedRun run)
    {
        var now = time.GetTimestamp();
        return now > run.Clock.EndsAt && time.GetElapsedTime(run.Clock.EndsAt, now) >= options.Value.BufferTtl;
    }
}
