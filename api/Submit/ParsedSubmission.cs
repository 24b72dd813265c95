using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Submit;

/// <summary>A submission that was found good.</summary>
/// <param name="Spec">What was asked for, with defaults.</param>
/// <param name="Inputs">Slices of the body.</param>
/// <param name="ExtraHeaders">In clear.</param>
internal sealed record ParsedSubmission(RunSpec Spec, RunInputs Inputs, IReadOnlyDictionary<string, string> ExtraHeaders);
