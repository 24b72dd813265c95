using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;

namespace Orchestrator.Grains.Limits;

/// <summary>A run of some silo in the line.</summary>
internal sealed class PlaceOfSilo
{
    private readonly CancellationTokenSource _leave = new();

    public PlaceOfSilo(TurnAsk ask, Func<CancellationToken, IPlaceInLine> enter) => (Ask, Line) = (ask, enter(_leave.Token));

    public TurnAsk Ask { get; }

    public IPlaceInLine Line { get; }

    /// <summary>When its silo last asked, or had its answer; Unix milliseconds.</summary>
    public long AskedAt { get; set; }

    /// <summary>Calls of its silo that are not answered.</summary>
    public int Asking { get; set; }

    /// <summary>A turn that has come and nobody has taken is given back.</summary>
    public async ValueTask LeaveAsync()
    {
        await _leave.CancelAsync();
        if (Line.Turn.IsCompletedSuccessfully && await Line.Turn is { } turn)
        {
            turn.GiveBack();
        }

        _leave.Dispose();
    }
}
