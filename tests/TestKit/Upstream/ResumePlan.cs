using Orchestrator.Gateway;

namespace Orchestrator.TestKit.Upstream;

/// <summary>How one resume is answered.</summary>
public sealed record ResumePlan
{
    public static readonly ResumePlan Undisturbed = new();

    /// <summary>Refused with this.</summary>
    public GatewayError? Refusal { get; init; }

    public int AnswerAfterMs { get; init; }

    /// <summary>Added to every index but 0: a gateway that counts otherwise than its readers.</summary>
    public int Shift { get; init; }

    /// <summary>Answered with a document, as by a proxy that knows better.</summary>
    public bool Document { get; init; }

    public ConnectionPlan Connection { get; init; } = ConnectionPlan.Undisturbed;
}
