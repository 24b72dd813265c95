using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Turns;
using Orchestrator.Simulation.Tests.Runs;
using Orchestrator.TestKit.Journal;

namespace Orchestrator.Simulation.Tests;

/// <summary>What one seed makes of the world.</summary>
internal sealed record Scenario
{
    public required ScenarioKind Kind { get; init; }

    public required IReadOnlyList<SimulatedRun> Runs { get; init; }

    public required int JournalLatencyMs { get; init; }

    public required bool Regroup { get; init; }

    /// <summary>How likely a host dies or stands still at one call of a port.</summary>
    public required double ChaosPerPoint { get; init; }

    /// <summary>The share of these at which it stands still.</summary>
    public required double Zombies { get; init; }

    public required int ChaosBudget { get; init; }

    /// <summary>From the start; then the disturbances end.</summary>
    public required int ChaosMs { get; init; }

    public required int Outages { get; init; }

    public required int OrderlyStops { get; init; }

    public required int LongestDowntimeMs { get; init; }

    public required int MaxConcurrentDispatches { get; init; }

    /// <summary>Requests to a model in a window of <see cref="WindowMs"/>; 0 is no limit.</summary>
    public required int WindowRequests { get; init; }

    public required int WindowMs { get; init; }

    public static Scenario Draw(Random random)
    {
        var kind = (ScenarioKind)Math.Min(2, random.Next(4));
        var hosts = kind != ScenarioKind.Calm;
        var wild = kind == ScenarioKind.Wild;
        return new Scenario
        {
            Kind = kind,
            Runs = [.. Enumerable.Range(0, random.Next(1, 6)).Select(index => RandomSpecs.Draw(random, kind, index))],
            JournalLatencyMs = random.Next(3) == 0 ? 0 : random.Next(1, 40),
            Regroup = random.Next(3) == 0,
            ChaosPerPoint = hosts ? Math.Pow(random.NextDouble(), 3) * 0.1 : 0,
            Zombies = random.NextDouble() * 0.5,
            ChaosBudget = wild ? random.Next(12) : hosts ? random.Next(5) : 0,
            ChaosMs = random.Next(1, 60_000),
            Outages = random.Next(3) == 0 ? random.Next(1, 4) : 0,
            OrderlyStops = hosts ? random.Next(3) : 0,
            LongestDowntimeMs = wild && random.Next(10) == 0 ? 400_000 : 10_000,
            MaxConcurrentDispatches = random.Next(4) == 0 ? random.Next(1, 3) : 1024,
            WindowRequests = random.Next(3) == 0 ? random.Next(1, 4) : 0,
            WindowMs = random.Next(100, 8_000),
        };
    }

    public EngineOptions ToOptions()
    {
        var options = new EngineOptions { TailBytes = 1, ReadBeat = TimeSpan.Zero };
        options.Resilience.MaxConcurrentDispatches = MaxConcurrentDispatches;
        options.Limits.Models.Add(new ModelLimit { Model = "*", Requests = WindowRequests, WindowSeconds = WindowMs / 1000.0 });
        return options;
    }

    public MemoryJournalOptions ToJournalOptions(TestKit.Time.ManualClock clock, Random random) =>
        new() { Clock = clock, Random = random, MaxLatencyMs = JournalLatencyMs, Regroup = Regroup };
}
