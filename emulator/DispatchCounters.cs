namespace Orchestrator.Emulator;

/// <summary>How often something was asked for.</summary>
/// <param name="Dispatches">Dispatches, refused ones too.</param>
/// <param name="Resumes">Resume calls for its runs.</param>
public sealed record DispatchCounters(long Dispatches, long Resumes);
