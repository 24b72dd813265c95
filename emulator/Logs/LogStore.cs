using System.Collections.Concurrent;

namespace Orchestrator.Emulator.Logs;

/// <summary>The log entries, newest so many.</summary>
internal sealed class LogStore
{
    private const int Remembered = 20_000;

    private readonly ConcurrentDictionary<string, GatewayLog> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _byAge = new();

    public void Add(GatewayLog log)
    {
        _byId[log.Id] = log;
        _byAge.Enqueue(log.Id);
        while (_byAge.Count > Remembered && _byAge.TryDequeue(out var oldest))
        {
            _byId.TryRemove(oldest, out _);
        }
    }

    public GatewayLog? Find(string gateway, string id) =>
        _byId.TryGetValue(id, out var log) && log.Gateway == gateway ? log : null;

    /// <summary>Changes an entry; null when there is none.</summary>
    public GatewayLog? Patch(string gateway, string id, Func<GatewayLog, GatewayLog> change)
    {
        while (Find(gateway, id) is { } old)
        {
            var changed = change(old);
            if (_byId.TryUpdate(id, changed, old))
            {
                return changed;
            }
        }

        return null;
    }

    public void Clear()
    {
        _byId.Clear();
        _byAge.Clear();
    }
}
