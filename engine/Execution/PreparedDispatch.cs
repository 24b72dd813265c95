using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Execution;

/// <param name="Request">What is sent, without the extra headers.</param>
/// <param name="Sealed">The extra headers as the journal has them.</param>
/// <param name="Continuation">How it takes up the partial answer, after all: an input that is no conversation can only start over.</param>
/// <param name="Tail">See <see cref="AttemptStarted.Tail"/>.</param>
internal sealed record PreparedDispatch(GatewayDispatch Request, ReadOnlyMemory<byte> Sealed, Continuation Continuation, string? Tail);
