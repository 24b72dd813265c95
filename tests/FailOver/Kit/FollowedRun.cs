using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;

namespace Orchestrator.FailOver.Tests.Kit;

/// <summary>A run, and what its events told so far.</summary>
internal sealed class FollowedRun(FailOverWorld world, RunId id, IRunReader reader) : IDisposable
{
    /// <summary>Of the machine's own time: for what is sure to come unless something is broken.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<(string Type, JsonElement Data)> _events = [];
    private string _rest = "";
    private Task<ReaderRead>? _read;

    public IReadOnlyList<(string Type, JsonElement Data)> Events => _events;

    public async Task<RunView> ViewAsync() => (await world.Runs.GetAsync(FailOverWorld.Tenant, id, CancellationToken.None))!;

    /// <summary>Follows it to its end. Nothing may be waiting for time to pass.</summary>
    public async Task<RunView> EndAsync()
    {
        while (await ReadAsync(Patience))
        {
        }

        return await ViewAsync();
    }

    /// <summary>
    /// Lets a silence pass until the event comes that ends it: exactly as long as the run waits for it, so that nothing else that is as long
    /// ends with it, however late the machine tells of the event.
    /// </summary>
    /// <param name="type">The event's.</param>
    /// <param name="attempt">Which it tells of.</param>
    /// <param name="silence">How long the run waits.</param>
    public async Task PassUntilAsync(string type, int attempt, TimeSpan silence)
    {
        var before = await AttemptAsync(attempt);
        await PassAsync(silence, () => Has(type, attempt), async () =>
            await AttemptAsync(attempt) is var now && (now.EndedAt is not null || now.Reattaches != before.Reattaches));
        await UntilAsync(type, attempt);
    }

    /// <summary>Lets the time of a retry pass until it is made.</summary>
    /// <param name="attempt">Which that is.</param>
    /// <param name="deadline">Of an attempt: not a wait for a retry, though as short as one.</param>
    public async Task PassRetryAsync(int attempt, TimeSpan deadline)
    {
        while (!Has("attempt.started", attempt))
        {
            world.PassRetryWait(except: deadline);
            await ReadAsync(TimeSpan.FromMilliseconds(5));
        }
    }

    /// <summary>
    /// Lets time pass, retry after retry, until the run has ended: for each exactly as long as the run waits, and not before it does.
    /// No deadline of the run may be as short as a wait for a retry.
    /// </summary>
    public async Task<RunView> PassToEndAsync()
    {
        for (var attempt = 1; ; attempt++)
        {
            await UntilFailedOrEndedAsync(attempt);
            if (HasEnded)
            {
                return await ViewAsync();
            }

            while (!Has("attempt.started", attempt + 1) && !HasEnded)
            {
                world.PassRetryWait();
                await ReadAsync(TimeSpan.FromMilliseconds(5));
            }
        }
    }

    /// <summary>Lets a silence pass until the run has ended, which waits for nothing else.</summary>
    public async Task<RunView> PassUntilEndedAsync(TimeSpan silence)
    {
        await PassAsync(silence, () => HasEnded, async () => (await ViewAsync()).EndedAt is not null);
        return await EndAsync();
    }

    /// <summary>Until the event has come, without any time passing.</summary>
    public async Task UntilAsync(string type, int attempt)
    {
        while (!Has(type, attempt))
        {
            Assert.True(await ReadAsync(Patience), $"No {type} of attempt {attempt}; there are {Told()}");
        }
    }

    /// <summary>Until so many events of the serving attempt are journaled, without any time passing.</summary>
    public Task UntilEventsAsync(int count) =>
        UntilAsync(async () => (await ViewAsync()).EventOffset >= count, $"{count} events of the upstream");

    /// <summary>Until the request has reached the model.</summary>
    public Task UntilDispatchedAsync(string model, int times = 1) =>
        UntilAsync(() => Task.FromResult(world.Dispatches(model) >= times), $"{times} dispatches to {model}");

    /// <summary>Until something waits for exactly so long, the upstream too.</summary>
    public Task UntilWaitingAsync(TimeSpan time) => UntilAsync(() => Task.FromResult(world.Waited(time)), $"a wait of {time}");

    public void Dispose() => reader.Dispose();

    private static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"Waited in vain for {what}.");
            await Task.Delay(2);
        }
    }

    private async Task<AttemptReport> AttemptAsync(int attempt) => (await ViewAsync()).Attempts[attempt - 1];

    /// <summary>As often as the run waits anew before it has happened: a silence while the journal was written does not count.</summary>
    private async Task PassAsync(TimeSpan silence, Func<bool> isTold, Func<Task<bool>> hasHappened)
    {
        await UntilWaitingAsync(silence);
        do
        {
            var waits = world.Waits(silence);
            world.Clock.Advance(silence);
            await UntilAsync(async () => isTold() || world.Waits(silence) > waits || await hasHappened(), $"what a silence of {silence} ends");
        }
        while (!isTold() && !await hasHappened());
    }

    private bool HasEnded => _events is [.., { Type: "run.completed" or "run.failed" or "run.cancelled" }];

    private async Task UntilFailedOrEndedAsync(int attempt)
    {
        while (!Has("attempt.failed", attempt) && !HasEnded)
        {
            await ReadAsync(Patience);
        }
    }

    private bool Has(string type, int attempt) =>
        _events.Exists(one => one.Type == type && one.Data.GetProperty("attempt").GetInt32() == attempt);

    private string Told() => string.Join(", ", _events.Where(static one => one.Type != "output.delta").Select(static one => one.Type));

    /// <returns>False at the end of the run.</returns>
    private async Task<bool> ReadAsync(TimeSpan wait)
    {
        _read ??= reader.ReadAsync(CancellationToken.None).AsTask();
        if (await Task.WhenAny(_read, Task.Delay(wait)) != _read)
        {
            Assert.True(wait < Patience, $"Nothing more came within {wait}; there are {Told()}");
            return true;
        }

        var read = await _read;
        _read = null;
        if (read.Kind != ReaderReadKind.Data)
        {
            _read = Task.FromResult(read);
            return false;
        }

        var text = _rest + Encoding.UTF8.GetString(read.Bytes.Span);
        var end = text.LastIndexOf("\n\n", StringComparison.Ordinal) + 2;
        _rest = text[end..];
        foreach (var block in text[..end].Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            Take(block);
        }

        return true;
    }

    private void Take(string block)
    {
        string? Field(string name) => block.Split('\n')
            .Where(line => line.StartsWith(name, StringComparison.Ordinal)).Select(line => line[name.Length..]).FirstOrDefault();
        if (Field("event: ") is { } type)
        {
            _events.Add((type, JsonElement.Parse(Field("data: ")!)));
        }
    }
}
