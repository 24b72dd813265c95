namespace Orchestrator.Emulator;

/// <summary>What the emulator was asked since it started or was reset, at one instant.</summary>
/// <param name="Dispatches">Dispatches, refused ones too; each attempt that the gateway makes by itself, and each entry it tries, is one.</param>
/// <param name="Resumes">Resume calls, also those for runs that do not exist.</param>
/// <param name="PerModel">By model as sent, with its settings.</param>
/// <param name="PerKey">By the caller's own key: gateway metadata <c>run</c>, or else the extra header <c>x-emulator-key</c>.</param>
/// <param name="Runs">The answered dispatches, oldest first.</param>
/// <param name="CacheHits">Answers from the cache, which are no dispatches.</param>
public sealed record EmulatorCounters(
    long Dispatches,
    long Resumes,
    IReadOnlyDictionary<string, DispatchCounters> PerModel,
    IReadOnlyDictionary<string, DispatchCounters> PerKey,
    IReadOnlyList<RunCounters> Runs,
    long CacheHits);
