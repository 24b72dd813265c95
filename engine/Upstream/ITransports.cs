using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Upstream;

/// <summary>Tells which ways to the models there are, before a run is accepted: nothing is sent. Thread-safe.</summary>
public interface ITransports
{
    /// <summary>Whether the run path as it is configured can take up a broken stream.</summary>
    ResumeSupport RunPathResume { get; }

    /// <summary>What becomes of a leg's dispatch: the way it takes, or everything for which it would be refused.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="inputs">Of all its models.</param>
    /// <param name="extraHeaders">In clear.</param>
    /// <param name="leg">From 0.</param>
    TransportDecision Decide(RunSpec spec, RunInputs inputs, IReadOnlyDictionary<string, string> extraHeaders, int leg);
}
