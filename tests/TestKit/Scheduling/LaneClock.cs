namespace Orchestrator.TestKit.Scheduling;

/// <summary>A clock whose timers fire in a lane: late while it is suspended, never once it is dropped.</summary>
public sealed class LaneClock(TimeProvider clock, Lane lane) : TimeProvider
{
    public override long TimestampFrequency => clock.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        clock.CreateTimer(_ => lane.Post(callback.Invoke, state), null, dueTime, period);
}
