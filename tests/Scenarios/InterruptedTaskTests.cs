using System.Globalization;
using System.Net;
using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>The real process is killed while the upstream holds the answer of a task back: nothing can be taken up again there.</summary>
public sealed class InterruptedTaskTests
{
    private const string Embeddings = "@cf/baai/bge-base-en-v1.5";
    private const string EmbeddingsInput = """{"text":["a story","another one"]}""";
    private const string Picture = "@cf/stabilityai/stable-diffusion-xl-base-1.0";
    private const string PictureInput = """{"prompt":"a lighthouse","width":64,"height":64,"seed":7}""";
    private const string Label = "@cf/huggingface/distilbert-sst-2-int8";
    private const string LabelInput = """{"text":"What a fine day."}""";

    [Fact]
    public async Task It_is_asked_again_within_its_attempts_and_says_that_it_may_have_been_paid_for_twice()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        using var gateway = ServiceClient.Create(emulator.Address);
        var truth = await Task.WhenAll(ResultAsync(gateway, Embeddings, EmbeddingsInput), ResultAsync(gateway, Picture, PictureInput));
        foreach (var model in new[] { Embeddings, Picture, Label })
        {
            using var held = await gateway.PutAsync(
                new Uri($"emulator/faults/{model}", UriKind.Relative), ServiceClient.Json("""{"hold":600000,"times":1}"""), limit.Token);
            Assert.True(held.IsSuccessStatusCode, $"{model}: {(int)held.StatusCode}");
        }

        string[] ids;
        Uri address;
        await using (var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, address: null))
        {
            address = service.Address;
            using var http = ServiceClient.Create(address);
            ids = await Task.WhenAll(
                SubmitAsync(http, Embeddings, EmbeddingsInput, """{"delayMs":10}""", limit.Token),
                SubmitAsync(http, Picture, PictureInput, """{"delayMs":10}""", limit.Token),
                SubmitAsync(http, Label, LabelInput, """{"maxAttempts":1}""", limit.Token));
            await UntilDispatchedAsync(gateway, limit.Token, (Embeddings, 2), (Picture, 2), (Label, 1));
            await service.KillAsync();
        }

        await using var next = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, address);
        using var again = ServiceClient.Create(next.Address);
        var outputs = new List<(HttpStatusCode Status, string? Type, byte[] Body)>();
        foreach (var id in ids)
        {
            using var output = await ServiceClient.OutputAsync(again, id, limit.Token);
            outputs.Add((output.StatusCode, output.Content.Headers.ContentType?.MediaType, await output.Content.ReadAsByteArrayAsync(limit.Token)));
        }

        await CompletedAsync(again, ids[0]);
        await CompletedAsync(again, ids[1]);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (outputs[0].Status, outputs[0].Type));
        Assert.Equal((HttpStatusCode.OK, "image/png"), (outputs[1].Status, outputs[1].Type));
        Assert.Equal(truth, outputs.Take(2).Select(static one => one.Body));

        // The run whose only attempt was cut off: a named error, and nobody asks again.
        var failed = await ServiceClient.GetJsonAsync(again, $"v1/runs/{ids[2]}");
        Assert.Equal("failed", failed.GetProperty("status").GetString());
        Assert.Equal("interrupted", failed.GetProperty("error").GetProperty("code").GetString());
        await UntilDispatchedAsync(gateway, limit.Token, (Embeddings, 3), (Picture, 3), (Label, 1));
    }

    private static async Task CompletedAsync(HttpClient http, string id)
    {
        var run = await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}");
        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.False(run.GetProperty("incomplete").GetBoolean());
        var attempts = run.GetProperty("attempts").EnumerateArray().ToArray();
        Assert.Equal(2, attempts.Length);
        var error = attempts[0].GetProperty("error");
        Assert.Equal("interrupted", error.GetProperty("code").GetString());
        Assert.Contains("may have been paid for", error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, attempts[1].GetProperty("error").ValueKind);
    }

    /// <summary>What the model answers, asked without the service.</summary>
    private static async Task<byte[]> ResultAsync(HttpClient gateway, string model, string input)
    {
        using var response = await gateway.PostAsync(new Uri("run", UriKind.Relative), ServiceClient.Json($$"""{"model":"{{model}}","inputs":{{input}}}"""));
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync();
    }

    private static Task<string> SubmitAsync(HttpClient http, string model, string input, string retry, CancellationToken cancellationToken) =>
        ServiceClient.SubmitAsync(
            http, $$"""{"model":"{{model}}","input":{{input}},"retry":{{retry}},"timeouts":{"firstEventMs":600000} }""", model, cancellationToken);

    /// <summary>Exactly so many requests have reached each model.</summary>
    private static async Task UntilDispatchedAsync(HttpClient gateway, CancellationToken cancellationToken, params (string Model, int Times)[] expected)
    {
        while (true)
        {
            var models = (await ServiceClient.GetJsonAsync(gateway, "emulator/counters")).GetProperty("perModel");
            var seen = Array.ConvertAll(expected, one => (one.Model, Times: models.TryGetProperty(one.Model, out var model) ? model.GetProperty("dispatches").GetInt32() : 0));
            Assert.All(seen.Zip(expected), static pair => Assert.True(
                pair.First.Times <= pair.Second.Times,
                string.Create(CultureInfo.InvariantCulture, $"{pair.First.Model} was asked {pair.First.Times} times")));
            if (seen.SequenceEqual(expected))
            {
                return;
            }

            await Task.Delay(10, cancellationToken);
        }
    }
}
