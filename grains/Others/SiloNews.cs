using System.Reflection;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Changes;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Statistics;
using Orchestrator.Grains.Contract;
using Orleans.Concurrency;

namespace Orchestrator.Grains.Others;

/// <summary>Answers from what the silo has in memory, beside its other work.</summary>
[Reentrant]
internal sealed class SiloNews(GrainId id, Silo silo, ILoggerFactory logs, RunHost host) : GrainService(id, silo, logs), ISiloNews
{
    private static readonly string Version =
        typeof(SiloNews).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public Task<SiloFacts> FactsAsync() => Task.FromResult(
        new SiloFacts { Log = host.Services.Changes.Log, Version = Version, ActiveRuns = host.Count });

    public Task<SiloChanges> ChangesAsync(ChangesAsk ask) => Task.Run(() =>
    {
        var changes = host.Services.Changes;
        if (ask.IsWhole)
        {
            changes.Refresh();
        }

        if (ask.Log == 0)
        {
            return new SiloChanges { Log = changes.Log, Number = changes.Head.Number, Changes = [] };
        }

        var page = changes.ReadOwn(
            new FeedPosition(ask.Log, ask.After), ask.IsWhole ? null : ask.Moved, ask.Most > 0 ? ask.Most : int.MaxValue);
        return new SiloChanges
        {
            Log = page.Position.Log,
            Number = page.Position.Number,
            IsGap = page.TooOld,
            IsCut = page.IsCut,

            // Who has missed something reads the list anew, and goes on from there.
            Changes = page.TooOld ? [] : [.. page.Changes.Select(Wire.Of)],
        };
    });

    public Task<SiloCounts> CountsAsync(CountsAsk ask) => Task.Run(() =>
    {
        var question = new StatQuestion(ask.Tenant, ask.From, ask.To, ask.Step, (StatGroup)ask.Group, ask.Now);
        return Wire.Of(host.Services.Statistics.ReportOwn(question), host.Attention(ask.Tenant));
    });
}
