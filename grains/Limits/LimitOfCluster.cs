using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Turns;
using Orchestrator.Grains.Contract;
using Orchestrator.Grains.Hosting;

namespace Orchestrator.Grains.Limits;

/// <summary>A limit of the cluster, as this silo asks it.</summary>
internal sealed class LimitOfCluster(
    string key, ILimitGrain grain, SiloAddress here, Holdings holdings, RunGrainOptions options, TimeProvider clock, ILogger log)
{
    public Holdings Holdings => holdings;

    public async Task<TurnAnswer> AskAsync(TurnRequest request)
    {
        var ask = Ask(request);
        try
        {
            var reply = await grain.AskAsync(ask).WaitAsync(options.TurnPatience, clock);
            return reply.TakenAt > 0 ? new TurnAnswer(holdings.Take(ask, reply.TakenAt), null) : new TurnAnswer(null, Wait(reply));
        }
        catch (Exception failure) when (GrainFaults.IsPassing(failure))
        {
            // A turn that it gave and that is not known here, it takes back.
            log.NotAsked(key, failure.Message);
            return new TurnAnswer(null, Unknown(request.Model));
        }
    }

    public IPlaceInLine Enter(TurnRequest request, CancellationToken leave)
    {
        var place = new PlaceAtGrain(Ask(request), grain, holdings, options.CallWait, Unknown(request.Model), clock);
        place.Start(leave);
        return place;
    }

    public static TurnWait Wait(TurnReply reply) =>
        new(reply.Limit ?? TurnLimits.Requests, reply.Message ?? "", reply.ExpectedAt, reply.Ahead, reply.IsFinal);

    private static TurnWait Unknown(string model) =>
        new(TurnLimits.Requests, $"The silo that counts the requests to {model} is being replaced.", ExpectedAt: null, Ahead: 0);

    private TurnAsk Ask(TurnRequest request) => new()
    {
        Turn = Guid.NewGuid(),
        Holder = here,
        Run = request.Run.ToString(),
        Tenant = request.Tenant,
        Model = request.Model,
        Task = request.Task,
        CreatedAt = request.CreatedAt,
    };
}
