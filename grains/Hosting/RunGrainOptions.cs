namespace Orchestrator.Grains.Hosting;

public sealed class RunGrainOptions
{
    /// <summary>The name of the grain storage that a silo must have: checkpoints are kept there.</summary>
    public const string GrainStorage = "runs";

    /// <summary>How long a run that is to leave its silo may still wait for a dispatch that is on its way.</summary>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a silo that stops may take its time with handing its runs over. What it still has then goes as fast as it can.</summary>
    public TimeSpan DrainTime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a run lasts before a reminder is registered for it.</summary>
    public TimeSpan ReminderAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the reminder comes. At least a minute.</summary>
    public TimeSpan ReminderPeriod { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>How long a call to a grain may stay unanswered before it is made again.</summary>
    public TimeSpan CallWait { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a silo looks for unfinished runs that nobody works on, beside every change of the membership.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a silo keeps its turns under the account's limits without a word.</summary>
    public TimeSpan TurnLease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a limit's count that begins anew waits for what a silo holds. One that does not answer within it is taken to be on its way
    /// out, and its turns for ended.
    /// </summary>
    public TimeSpan HeldPatience { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// How many changes of the others' runs a silo takes at each look while somebody watches there, four times a second, from all of them
    /// together. Where there are more, those that have waited longest come first, and each run once, as it is by then.
    /// </summary>
    public int HeardAtOnce { get; set; } = 1000;

    /// <summary>How long a submission waits for a limit's count that is out of reach, before its run does.</summary>
    public TimeSpan TurnPatience { get; set; } = TimeSpan.FromSeconds(2);
}
