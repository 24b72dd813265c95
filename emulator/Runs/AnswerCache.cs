using System.Collections.Concurrent;
using System.Globalization;

namespace Orchestrator.Emulator.Runs;

/// <summary>The gateway's cache: whole answers, by the caller's key or by model and inputs, for as long as the first caller said.</summary>
internal sealed class AnswerCache(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, CachedAnswer> _answers = new(StringComparer.Ordinal);
    private long _hits;

    public long Hits => Interlocked.Read(ref _hits);

    public static string KeyOf(DispatchRequest request, ulong inputs) => string.Create(
        CultureInfo.InvariantCulture,
        $"{request.Gateway}\n{request.Cache?.Key ?? $"{request.Model.AsSent}\n{request.Wire}\n{request.Stream}\n{inputs}"}");

    public CachedAnswer? Find(string key)
    {
        if (!_answers.TryGetValue(key, out var answer))
        {
            return null;
        }

        if (answer.ExpiresAt <= time.GetTimestamp())
        {
            _answers.TryRemove(new(key, answer));
            return null;
        }

        Interlocked.Increment(ref _hits);
        return answer;
    }

    public void Keep(string key, CachedAnswer answer) => _answers[key] = answer;

    public void Clear()
    {
        _answers.Clear();
        Interlocked.Exchange(ref _hits, 0);
    }
}
