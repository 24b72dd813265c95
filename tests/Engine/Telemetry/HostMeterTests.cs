using System.Diagnostics.Metrics;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;
using Orchestrator.TestKit.Time;

namespace Orchestrator.Engine.Tests.Telemetry;

/// <summary>What the page of the system shows of the last minute.</summary>
[Collection(nameof(Alone))]
public sealed class HostMeterTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly Meter _journal = new("Orchestrator.Journals");
    private readonly HostMeter _meter;

    public HostMeterTests() => _meter = new HostMeter(_clock);

    public void Dispose()
    {
        _meter.Dispose();
        _journal.Dispose();
    }

    [Fact]
    public void Commits_are_told_by_rate_and_by_what_they_take()
    {
        Assert.Equal((0, null, null), (_meter.Read().CommitsPerSecond, _meter.Read().CommitP50, _meter.Read().CommitP99));
        var commits = _journal.CreateHistogram<double>("orchestrator.journal.commit.duration");
        for (var i = 1; i <= 100; i++)
        {
            commits.Record(i / 1000d);
        }

        // Of a service that has just begun it is the rate since then.
        Assert.Equal((100, 0.05, 0.099), (_meter.Read().CommitsPerSecond, _meter.Read().CommitP50, _meter.Read().CommitP99));
        _clock.AdvanceMs(10_000);
        Assert.Equal(10, _meter.Read().CommitsPerSecond);
        _clock.AdvanceMs(50_000);
        commits.Record(7);
        Assert.Equal((1 / 60d, 0.051), (_meter.Read().CommitsPerSecond, _meter.Read().CommitP50));
        _clock.AdvanceMs(1);
        Assert.Equal(7, _meter.Read().CommitP50);
        _clock.AdvanceMs(60_001);
        Assert.Equal((0, null), (_meter.Read().CommitsPerSecond, _meter.Read().CommitP50));
        commits.Record(7);
        Assert.Equal(1 / 60d, _meter.Read().CommitsPerSecond);
    }

    /// <summary>Of which not all durations are kept.</summary>
    [Fact]
    public void A_thousand_commits_a_second_are_told_as_that()
    {
        var commits = _journal.CreateHistogram<double>("orchestrator.journal.commit.duration");
        for (var i = 0; i < 60; i++)
        {
            _clock.AdvanceMs(1_000);
            for (var j = 0; j < 1_000; j++)
            {
                commits.Record(i);
            }
        }

        Assert.Equal(1_000, _meter.Read().CommitsPerSecond);
        Assert.Equal(51, _meter.Read().CommitP50);
    }

    [Fact]
    public void Events_phases_answers_and_troubles_are_those_of_the_runs()
    {
        Assert.Equal((null, null), (_meter.Read().LastAnswer, _meter.Read().LastTrouble));
        var run = RunRecording.Of(new RunSpec { Model = "openai/metered" }).Dispatch();
        var mark = RunInstruments.Hosted(run.State, isNew: true);
        Assert.Equal(1, _meter.Read().Phases["dispatching"]);
        run.Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a"), Wire.OpenAi("b"), Wire.OpenAi("c")).Commit();
        mark = RunInstruments.Folded(mark, run.State);
        Assert.Equal((3, 1), (_meter.Read().EventsPerSecond, _meter.Read().Phases["streaming"]));
        Assert.False(_meter.Read().Phases.ContainsKey("dispatching"));
        Assert.Equal(_clock.GetUtcNow(), _meter.Read().LastAnswer);

        _clock.AdvanceMs(5_000);
        mark = RunInstruments.Folded(mark, run.Fail(Errors.Broken(null)).State);
        var trouble = new UpstreamTrouble(_clock.GetUtcNow(), "openai/metered", RunErrorCodes.StreamBroken);
        Assert.Equal(trouble, _meter.Read().LastTrouble);
        Assert.Equal(_clock.GetUtcNow().AddSeconds(-5), _meter.Read().LastAnswer);

        _clock.AdvanceMs(5_000);
        mark = RunInstruments.Folded(mark, run.Dispatch().State);
        mark = RunInstruments.Folded(mark, run.Fail(new RunError { Code = ErrorCodes.RateLimit, Message = "slow down" }).State);
        Assert.Equal((trouble, _clock.GetUtcNow()), (_meter.Read().LastTrouble, _meter.Read().LastAnswer));

        mark = RunInstruments.Folded(mark, run.End(RunStatus.Failed).State);
        RunInstruments.LetGo(mark);
        Assert.Empty(_meter.Read().Phases);
        Assert.Equal(3 / 10d, _meter.Read().EventsPerSecond);
    }

    [Fact]
    public async Task A_circuit_is_open_since_it_opened_last()
    {
        var (first, second) = (new CircuitMeter("openai/metered-b"), new CircuitMeter("openai/metered-a"));
        await first.OnOpened();
        _clock.AdvanceMs(1_000);
        await second.OnOpened();
        await first.OnOpened();
        Assert.Equal(
            [new OpenCircuit("openai/metered-a", _clock.GetUtcNow()), new OpenCircuit("openai/metered-b", _clock.GetUtcNow())], _meter.Read().OpenCircuits);
        await second.OnClosed();
        Assert.Equal("openai/metered-b", Assert.Single(_meter.Read().OpenCircuits).Model);
        await first.OnClosed();
        Assert.Empty(_meter.Read().OpenCircuits);
    }

    [Fact]
    public void A_run_that_goes_to_another_host_is_active_there()
    {
        var run = RunRecording.Of(new RunSpec { Model = "openai/metered" }).Dispatch().Attach(WireFormat.OpenAi).Take(Wire.OpenAi("a")).Commit();
        var mark = RunInstruments.Hosted(run.State, isNew: false);
        Assert.Equal(1, _meter.Read().Phases["streaming"]);
        RunInstruments.LetGo(mark);
        Assert.Empty(_meter.Read().Phases);
    }

    /// <summary>The closing is heard of one whose opening was before there was anybody to hear it.</summary>
    [Fact]
    public async Task A_circuit_that_was_open_already_is_not_told_when_it_closes()
    {
        var circuit = new CircuitMeter("openai/metered-early");
        await circuit.OnOpened();
        using var later = new HostMeter(_clock);
        await circuit.OnClosed();
        Assert.Empty(later.Read().OpenCircuits);
        Assert.Empty(_meter.Read().OpenCircuits);
    }
}
