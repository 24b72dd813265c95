using Orchestrator.Gateway;

namespace Orchestrator.TestKit.Upstream;

/// <summary>How one dispatch is answered, and what comes of its generation, which goes on whether anybody reads it or not.</summary>
public sealed record DispatchPlan
{
    /// <summary>Refused with this; nothing is generated.</summary>
    public GatewayError? Refusal { get; init; }

    public int AnswerAfterMs { get; init; }

    /// <summary>A whole answer instead of a stream.</summary>
    public (string ContentType, byte[] Body)? Document { get; init; }

    public WireFormat Wire { get; init; } = WireFormat.OpenAi;

    /// <summary>The answer carries a run id.</summary>
    public bool Resumable { get; init; } = true;

    /// <summary>What the gateway has of this generation, byte for byte.</summary>
    public IReadOnlyList<TimedEvent> Events { get; init; } = [];

    public GenerationEnd End { get; init; }

    public ConnectionPlan Connection { get; init; } = ConnectionPlan.Undisturbed;

    /// <summary>How long the buffer is kept after the generation's last event.</summary>
    public TimeSpan BufferTtl { get; init; } = TimeSpan.FromSeconds(330);

    /// <summary>How each resume is answered; counted from 0.</summary>
    public Func<int, ResumePlan> Resume { get; init; } = static _ => ResumePlan.Undisturbed;
}
