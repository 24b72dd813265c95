namespace Orchestrator.Cli;

/// <summary>What the process answers to its caller; of several runs the highest code counts. Scripts depend on the numbers: they never change.</summary>
internal static class ExitCode
{
    /// <summary>The command did what it says; for a run that was watched: it completed, whole.</summary>
    public const int Completed = 0;

    /// <summary>The run failed.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong, or the service refused what it asks for.</summary>
    public const int Usage = 2;

    /// <summary>The run completed with a partial answer; for <c>output</c> also: it is not finished yet.</summary>
    public const int Incomplete = 3;

    /// <summary>The run was cancelled.</summary>
    public const int Cancelled = 4;

    public const int NotFound = 5;

    /// <summary>The API key is missing, unknown, or may not do this.</summary>
    public const int Unauthorised = 6;

    /// <summary>The service can not be reached, or does not answer as it should.</summary>
    public const int Unreachable = 7;

    /// <summary>Interrupted by the user, or not confirmed; the run goes on.</summary>
    public const int Interrupted = 130;

    /// <summary>Whoever read the output has gone, as a program says that the signal ends; the run goes on.</summary>
    public const int BrokenPipe = 141;
}
