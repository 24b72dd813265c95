namespace Orchestrator.Emulator.Runs;

/// <summary>Two counts that several requests add to at once.</summary>
internal sealed class DispatchTally
{
    private long _dispatches;
    private long _resumes;

    public void OnDispatch() => Interlocked.Increment(ref _dispatches);

    public void OnResume() => Interlocked.Increment(ref _resumes);

    public DispatchCounters Count() => new(Interlocked.Read(ref _dispatches), Interlocked.Read(ref _resumes));
}
