using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Time;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>One run on a host of its own, from its submission to its end.</summary>
internal static class HostedRun
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <param name="spec">Without delays between its attempts: nobody moves the clock.</param>
    /// <param name="input">Of every model.</param>
    /// <param name="gateway">Where it is dispatched.</param>
    /// <returns>The ended run, and its events as readers get them.</returns>
    public static Task<(RunView Run, string Events)> EndAsync(RunSpec spec, string input, IGateway gateway) =>
        EndAsync(spec, new RunInputs(Encoding.UTF8.GetBytes(input), RunInputs.None), gateway);

    /// <inheritdoc cref="EndAsync(RunSpec, string, IGateway)"/>
    public static async Task<(RunView Run, string Events)> EndAsync(RunSpec spec, RunInputs inputs, IGateway gateway)
    {
        var runs = new EmbeddedRuns(
            new MemoryJournal(), gateway, new PlainSeal(), new EngineOptions(), new ManualClock(), new Random(1), NullLogger<EmbeddedRuns>.Instance);
        var submission = new Submission { Tenant = "", Spec = spec, Inputs = inputs };
        var token = TestContext.Current.CancellationToken;
        var id = ((SubmitOutcome.Accepted)await runs.SubmitAsync(submission, token)).Run.Id;
        await runs.WaitForEndAsync("", id, Timeout.InfiniteTimeSpan, token).AsTask().WaitAsync(Patience, token);
        var events = await (await runs.OpenEventsAsync("", id, 0, token)).ReadToEndAsync();
        return ((await runs.GetAsync("", id, token))!, events);
    }
}
