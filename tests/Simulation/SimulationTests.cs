using System.Collections.Concurrent;
using System.Globalization;

namespace Orchestrator.Simulation.Tests;

/// <summary>The promises of <c>api.md</c>, under faults and crashes, seed by seed.</summary>
public sealed class SimulationTests(ITestOutputHelper output)
{
    private const int Seeds = 2_000;

    /// <summary>A failing seed prints the command that replays it, with its trace.</summary>
    [Fact]
    public void Promises_hold_whatever_breaks()
    {
        var failed = new ConcurrentBag<Outcome>();
        var seeds = SeedsToRun().ToArray();
        var waits = 0;
        Parallel.ForEach(seeds, seed =>
        {
            var outcome = Simulation.Run(seed, trace: IsReplay);
            if (IsReplay)
            {
                output.WriteLine(string.Join('\n', outcome.Log));
            }

            Interlocked.Add(ref waits, outcome.Waits);
            if (outcome.Failures.Count > 0)
            {
                failed.Add(outcome);
            }
        });

        if (!failed.IsEmpty)
        {
            var first = failed.OrderBy(static outcome => outcome.Seed).ToArray();
            Assert.Fail(
                $"{first.Length} seeds failed: {string.Join(' ', first.Take(40).Select(static outcome => outcome.Seed))}\n"
                + string.Join('\n', first.Take(5).Select(static outcome =>
                    $"SIM_SEED={outcome.Seed} dotnet test tests/Simulation\n  {string.Join("\n  ", outcome.Failures.Take(5))}")));
        }

        output.WriteLine($"{waits} runs of {seeds.Length} seeds waited for their turn");
        Assert.True(IsReplay || waits >= seeds.Length / 10, $"only {waits} runs of {seeds.Length} seeds waited for their turn");
    }

    private static bool IsReplay => Environment.GetEnvironmentVariable("SIM_SEED") is not null;

    private static IEnumerable<int> SeedsToRun()
    {
        if (Number("SIM_SEED") is { } seed)
        {
            return [seed];
        }

        return Enumerable.Range(Number("SIM_FIRST") ?? 1, Number("SIM_SEEDS") ?? Seeds);
    }

    private static int? Number(string variable) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
