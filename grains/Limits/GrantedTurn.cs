using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Limits;

/// <summary>A turn that this silo holds. Changed under the lock of its holdings.</summary>
internal sealed class GrantedTurn(TurnAsk ask, long takenAt, Holdings holdings) : ITurn
{
    private GatewayError? _refusal;
    private TokenCounts? _used;

    public TurnAsk Ask => ask;

    public long TakenAt => takenAt;

    /// <summary>Unix milliseconds; 0 where there is no answer yet.</summary>
    public long AnsweredAt { get; private set; }

    public TurnOutcome Outcome { get; private set; } = TurnOutcome.Open;

    /// <summary>The grain has been told how it ended.</summary>
    public bool IsTold { get; set; }

    public void Answered(GatewayError? refusal) => holdings.Change(this, now =>
    {
        if (AnsweredAt > 0)
        {
            return false;
        }

        (AnsweredAt, _refusal) = (now, refusal);
        return true;
    });

    public void GiveBack() => End(TurnOutcome.GivenBack, used: null);

    public void Close(TokenCounts? used) => End(TurnOutcome.Closed, used);

    public HeldTurn ToHeld(TurnOutcome outcome) => new()
    {
        Ask = ask,
        TakenAt = takenAt,
        AnsweredAt = AnsweredAt,
        Refusal = _refusal?.Code,
        UpstreamCode = _refusal?.UpstreamCode,
        RetryAfter = _refusal?.RetryAfter,
        Outcome = outcome,
        InputTokens = _used?.InputTokens,
        OutputTokens = _used?.OutputTokens,
    };

    private void End(TurnOutcome outcome, TokenCounts? used) => holdings.Change(this, _ =>
    {
        if (Outcome != TurnOutcome.Open)
        {
            return false;
        }

        (Outcome, _used) = (outcome, used);
        return true;
    });
}
