namespace Orchestrator.Emulator.Settings;

/// <summary>A fault with its value and how often it strikes: on the first <paramref name="Times"/> occasions, 0 = on every one.</summary>
internal readonly record struct Fault(long Value, int Times)
{
    /// <summary>Whether it strikes on this occasion, counted from 0.</summary>
    public bool StrikesAt(int occasion) => Times == 0 || occasion < Times;
}
