using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Execution;

/// <param name="Request">What is sent.</param>
/// <param name="Continuation">How it takes up the partial answer, after all: an input that is no conversation can only start over.</param>
internal sealed record PreparedDispatch(GatewayDispatch Request, Continuation Continuation);
