using Orchestrator.Engine.Money;
using Orchestrator.Engine.Resilience;
using Orchestrator.Engine.Turns;

namespace Orchestrator.Engine.Hosting;

public sealed class EngineOptions
{
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>Of the account at the upstream.</summary>
    public LimitOptions Limits { get; } = new();

    /// <summary>After how much silence a reader of events is told so, in order to show its client a sign of life.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long a host that stops waits for dispatches that are on their way, so that they need not be made again.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>What tokens cost. Unless given, nothing is known of it.</summary>
    public PriceTable Prices { get; set; } = PriceTable.Empty;

    /// <summary>How long ended runs are kept; null for ever.</summary>
    public TimeSpan? Retention { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether spans show prompts and answers (<c>gen_ai.input.messages</c>, <c>gen_ai.output.messages</c>). Who may read traces may then
    /// read those.
    /// </summary>
    public bool TraceContent { get; set; }

    /// <summary>
    /// How long a host that is busy with many slow streams lets each of them gather events before it reads it again: it adds half of that
    /// to an event's way and takes a quarter off its cost. Zero for never. A host with little to do reads at once.
    /// </summary>
    public TimeSpan ReadBeat { get; set; } = TimeSpan.FromMilliseconds(25);

    /// <summary>Memory for the newest entries of all active runs together, in bytes.</summary>
    public long TailBytes { get; set; } = 16 * 1024 * 1024;
}
