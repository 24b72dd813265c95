using System.Globalization;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>From the settings and the providers' usage to the costs that runs tell.</summary>
public sealed class CostTests
{
    private const string Input = """{"messages":[{"role":"user","content":"hello"}],"max_tokens":100}""";

    private static readonly (string Model, int Read, int? Written)[] Models =
    [
        ("anthropic/claude-haiku-4.5", 1_000, 200),
        ("openai/gpt-5-mini", 800, null),
        ("google/gemini-2.5-flash", 800, null),
        ("@cf/meta/llama-3.1-8b-instruct", 800, null),
    ];

    [Fact]
    public async Task Tokens_that_the_provider_read_from_or_wrote_into_its_cache_have_their_own_prices()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var service = await ServiceProcess.StartServiceAsync(
            directory.FullPath,
            emulator.Address,
            address: null,
            [.. Models.SelectMany(static one => new[] { "Input=1", "Output=100", "CachedInput=0.1", "CacheWrite=1.25", "AsOf=2026-11-25" }.Select(field => $"--Prices:{one.Model}:{field}"))]);
        using var http = ServiceClient.Create(service.Address);
        using var gateway = ServiceClient.Create(emulator.Address);

        foreach (var (model, read, written) in Models)
        {
            using var answer = await gateway.PutAsync(
                new Uri($"emulator/faults/{model}", UriKind.Relative),
                ServiceClient.Json(string.Create(CultureInfo.InvariantCulture, $$"""{"events":5,"rate":0,"cached":{{read}},"cachewrite":{{written ?? 0}}}""")),
                limit.Token);
            Assert.True(answer.IsSuccessStatusCode);
            await PricedAsync(http, model, read, written, limit.Token);
        }
    }

    private static async Task PricedAsync(HttpClient http, string model, int read, int? written, CancellationToken cancellationToken)
    {
        var id = await ServiceClient.SubmitAsync(http, $$"""{"model":"{{model}}","input":{{Input}}}""", model, cancellationToken);
        var run = await ServiceClient.EndedAsync(http, id, cancellationToken);

        var usage = run.GetProperty("usage");
        Assert.Equal((read, written), (Count(usage, "cacheReadTokens"), Count(usage, "cacheWriteTokens")));
        var plain = Count(usage, "inputTokens") - read - (written ?? 0);
        Assert.True(plain is > 0 and < 20, run.GetRawText());
        var cost = (plain + (read * 0.1m) + ((written ?? 0) * 1.25m) + (Count(usage, "outputTokens") * 100)) / 1_000_000m;
        Assert.Equal(cost, run.GetProperty("cost").GetProperty("amount").GetDecimal());
        Assert.Equal(cost, run.GetProperty("attempts")[0].GetProperty("cost").GetProperty("amount").GetDecimal());
    }

    private static int? Count(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var told) && told.ValueKind == JsonValueKind.Number ? told.GetInt32() : null;
}
