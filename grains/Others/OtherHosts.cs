using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Statistics;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Others;

/// <summary>The other silos of the cluster, to operators who look at it through this one.</summary>
internal sealed class OtherHosts(SiloNewsClient client, RunServices services, RunGrainOptions options, ILogger<OtherHosts> log) : IOtherHosts
{
    private readonly ConcurrentDictionary<SiloAddress, SiloEar> _ears = new();

    /// <summary>What the rows of the directory call them.</summary>
    private readonly ConcurrentDictionary<SiloAddress, long> _logs = new();

    private readonly Lock _lock = new();
    private bool _hasHeard;
    private HashSet<SiloAddress> _gone = [];
    private Task _recount = Task.CompletedTask;

    public async Task HearAsync(bool isWhole, CancellationToken cancellationToken)
    {
        var others = client.Others;
        foreach (var gone in _ears.Keys.Except(others))
        {
            _ears.TryRemove(gone, out _);
        }

        // For the first time, those who listen are only about to take their place.
        var isFirst = !_hasHeard;
        _hasHeard = true;
        var most = Math.Max(1, options.HeardAtOnce / Math.Max(1, others.Count));
        await Task.WhenAll(others.Select(silo => _ears
            .GetOrAdd(silo, static (silo, self) => new SiloEar(silo, self.Client, self.Changes), (Client: client, services.Changes))
            .HearAsync(isWhole, most, isFirst, cancellationToken)));
    }

    public async Task<IReadOnlyList<HostOverview?>> AskAsync(StatQuestion question, CancellationToken cancellationToken)
    {
        var others = client.Others;
        CountTheGone();
        var ask = new CountsAsk
        {
            Tenant = question.Tenant,
            From = question.From,
            To = question.To,
            Step = question.Step,
            Group = (int)question.Group,
            Now = question.Now,
        };
        var answers = await Task.WhenAll(others.Select(silo => client.AskAsync(silo, news => news.CountsAsync(ask), cancellationToken)));
        return [.. answers.Select(static answer => answer is null ? null : Wire.From(answer))];
    }

    /// <summary>Counts what silos did that are gone, once it is known of each that works what the directory calls it.</summary>
    /// <exception cref="JournalUnavailableException">Not all is counted.</exception>
    public async Task RecountAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (gone, others) = (client.Gone, client.Others);
            foreach (var silo in others.Where(silo => !_logs.ContainsKey(silo)))
            {
                if (await client.AskAsync(silo, static news => news.FactsAsync(), cancellationToken) is { } facts)
                {
                    _logs[silo] = facts.Log;
                }
            }

            if (others.All(_logs.ContainsKey))
            {
                var alive = others.Select(silo => _logs[silo]).Append(services.Changes.Log).ToHashSet();
                await services.Statistics.RecountAsync(services.Journal, alive, cancellationToken);
                lock (_lock)
                {
                    _gone = [.. gone];
                }

                return;
            }

            // It answers soon, or is declared dead.
            await Task.Delay(TimeSpan.FromSeconds(1), services.Clock, cancellationToken);
        }
    }

    /// <summary>In the background, after a silo has gone: what it did was its own to tell.</summary>
    private void CountTheGone()
    {
        lock (_lock)
        {
            if (_recount.IsCompleted && client.Gone.Any(silo => !_gone.Contains(silo)))
            {
                _recount = Task.Run(RecountOnceAsync);
            }
        }
    }

    private async Task RecountOnceAsync()
    {
        try
        {
            await RecountAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is JournalUnavailableException or InvalidDataException)
        {
            log.NotCounted(failure.Message);
        }
    }
}
