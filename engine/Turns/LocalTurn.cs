using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Turns;

/// <summary>A turn with a model. Its times belong to the line, and are changed under its lock.</summary>
internal sealed class LocalTurn(ModelLine line, long takenAt, double neurons) : ITurn
{
    private int _ended;

    public long TakenAt => takenAt;

    /// <summary>Unix milliseconds; far in the future until it is known.</summary>
    public long AnsweredAt { get; set; } = long.MaxValue;

    public bool IsAnswered => AnsweredAt != long.MaxValue;

    /// <summary>Reserved of the budget.</summary>
    public double Neurons => neurons;

    /// <summary>The request was refused: it costs nothing.</summary>
    public bool IsRefused { get; set; }

    public void Answered(GatewayError? refusal) => line.Answered(this, refusal);

    public void GiveBack()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            line.GiveBack(this);
        }
    }

    public void Close(TokenCounts? used)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            line.Close(this, used);
        }
    }
}
