using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Simulation.Tests.Hosts;
using Orchestrator.Simulation.Tests.Runs;

namespace Orchestrator.Simulation.Tests.Clients;

/// <summary>Submits a run, as often as it takes: with a key again after each doubt, without one never after a doubt.</summary>
internal sealed class SubmitClient(World world, SimulatedRun run)
{
    /// <summary>Null: the answer was lost, and there was no key to ask again with.</summary>
    public async Task<RunId?> RunAsync()
    {
        await world.Delay(world.Random.Next(5_000));
        while (true)
        {
            var host = await world.Cluster.HostAsync();
            try
            {
                switch (await host.CallAsync(runs => runs.SubmitAsync(run.Submission, CancellationToken.None).AsTask()))
                {
                    case SubmitOutcome.Accepted accepted:
                        var expected = accepted.Run.Queue is null ? RunStatus.Running : RunStatus.Queued;
                        world.Check(accepted.Run.Status == expected, $"{accepted.Run.Id} is {accepted.Run.Status} when it is accepted");
                        return accepted.Run.Id;
                    case SubmitOutcome.Repeated repeated:
                        world.Check(run.Ids.Contains(repeated.Run.Id), $"the key of run {run.Index} answers {repeated.Run.Id}");
                        return repeated.Run.Id;
                    case SubmitOutcome.KeyConflict conflict:
                        world.Fail($"run {run.Index} conflicts with {conflict.Run}");
                        return null;
                }
            }
            catch (JournalUnavailableException)
            {
                // Nothing was made.
            }
            catch (HostGoneException) when (run.Submission.IdempotencyKey is not null)
            {
                // Perhaps it was made; the key tells.
            }
            catch (HostGoneException)
            {
                return null;
            }

            await world.Delay(world.Random.Next(1, 2_000));
        }
    }
}
