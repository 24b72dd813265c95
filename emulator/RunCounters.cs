namespace Orchestrator.Emulator;

/// <summary>What happened to one run.</summary>
/// <param name="RunId">Its id. Callers see it as <c>cf-aig-run-id</c> only when it is resumable.</param>
/// <param name="Resumable">False for <c>@cf/</c> models, JSON answers, the gateway endpoints, and as a rule REST.</param>
/// <param name="LogId">Its log entry.</param>
/// <param name="Model">The model as sent, with its settings.</param>
/// <param name="Key">The caller's key, see <see cref="EmulatorCounters.PerKey"/>.</param>
/// <param name="Dispatches">Always 1: a run is one dispatch.</param>
/// <param name="Resumes">Resume calls for it, failed ones too.</param>
/// <param name="Connections">Connections that streamed it, the dispatch's own included.</param>
/// <param name="TotalEvents">Events of the whole stream.</param>
/// <param name="Events">Whole events sent, over all connections.</param>
/// <param name="Bytes">Body bytes sent, over all connections.</param>
/// <param name="Aborted">Connections that their reader left before the end.</param>
/// <param name="Broken">Connections that a fault broke or ended early.</param>
/// <param name="FirstDueAt">When its first event was made: a timestamp of the emulator's clock, for the system's one comparable with
/// <see cref="System.Diagnostics.Stopwatch.GetTimestamp"/> of every process of the machine. Event i follows i / rate seconds later.</param>
public sealed record RunCounters(
    string RunId,
    bool Resumable,
    string LogId,
    string Model,
    string? Key,
    int Dispatches,
    int Resumes,
    int Connections,
    int TotalEvents,
    long Events,
    long Bytes,
    int Aborted,
    int Broken,
    long FirstDueAt);
