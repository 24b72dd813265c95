using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Upstream;

/// <summary>Tells which ways to the models there are, before a run is accepted: nothing is sent. Thread-safe.</summary>
public interface ITransports
{
    /// <summary>The way that a leg takes by the run's fields alone, whatever its input is, with what the caller should know about it.</summary>
    /// <param name="spec">The run. Its model's name may be none: then there is no way.</param>
    /// <param name="leg">From 0.</param>
    TransportDecision Select(RunSpec spec, int leg);

    /// <summary>What becomes of a leg's dispatch: the way it takes, or everything for which it would be refused.</summary>
    /// <param name="spec">The run.</param>
    /// <param name="inputs">Of all its models.</param>
    /// <param name="extraHeaders">In clear.</param>
    /// <param name="leg">From 0.</param>
    TransportDecision Decide(RunSpec spec, RunInputs inputs, IReadOnlyDictionary<string, string> extraHeaders, int leg);
}
