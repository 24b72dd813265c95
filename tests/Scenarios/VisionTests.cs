using System.Text.Json;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>A conversation with images in it is a durable run: the real process, killed, over cut connections.</summary>
public sealed class VisionTests
{
    private const string Image = """{"type":"image_url","image_url":{"url":"data:image/gif;base64,R0lGODlhAQABAIAAAP8AAP///yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw=="}}""";
    private const string Link = """{"type":"image_url","image_url":{"url":"https://images.example.com/lighthouse.png"}}""";

    [Fact]
    public async Task It_is_streamed_resumed_and_survives_a_kill()
    {
        // The first connection is cut off, the second stands still at the 60th event, so that the kill is sure to come before the end.
        const string Model = "openai/gpt-5-mini~events=120~rate=0~drop=4000~stall=60x2";
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        using var gateway = ServiceClient.Create(emulator.Address);

        string id;
        Uri address;
        await using (var service = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, address: null))
        {
            address = service.Address;
            using var http = ServiceClient.Create(address);
            id = await ServiceClient.SubmitAsync(http, $$"""{"model":"{{Model}}","input":{{Input(Image, Link)}}}""", "vision", limit.Token);
            while ((await ServiceClient.GetJsonAsync(http, $"v1/runs/{id}")).GetProperty("eventOffset").GetInt32() < 60)
            {
                await Task.Delay(10, limit.Token);
            }

            await service.KillAsync();
        }

        await using var next = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, address);
        using var again = ServiceClient.Create(next.Address);
        var reader = new CursorReader(again, id, new Random(1));
        await reader.ReadToEndAsync(limit.Token);
        var run = await ServiceClient.GetJsonAsync(again, $"v1/runs/{id}");

        Assert.True(run.GetProperty("status").GetString() == "completed", run.GetRawText());
        Assert.Equal("vision", run.GetProperty("task").GetString());
        var attempt = Assert.Single(run.GetProperty("attempts").EnumerateArray());
        Assert.True(attempt.GetProperty("reattaches").GetInt32() >= 2, "It was cut off once and killed once.");
        var text = string.Concat(reader.Events.Where(static one => one.Type == "output.delta").Select(static one => Json(one.Data).GetProperty("text").GetString()));
        Assert.Equal(run.GetProperty("output").GetProperty("text").GetString(), text);

        // What the model says of these images, and of no others: the whole input has reached it.
        Assert.Equal(await SaidAsync(gateway, Image, Link), text);
        Assert.NotEqual(await SaidAsync(gateway, Link), text, StringComparer.Ordinal);
    }

    [Fact]
    public async Task An_image_that_the_model_can_not_read_is_its_refusal_and_not_tried_again()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        using var http = ServiceClient.Create(service.Address);
        const string Broken = """{"type":"image_url","image_url":{"url":"lighthouse.png"}}""";

        var id = await ServiceClient.SubmitAsync(http, $$"""{"model":"openai/gpt-5-mini","input":{{Input(Broken)}}}""", "broken", limit.Token);
        var run = await ServiceClient.EndedAsync(http, id, limit.Token);

        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal("bad-request", run.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("Invalid image", run.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, run.GetProperty("attempts").GetArrayLength());
    }

    private static string Input(params string[] images) =>
        $$"""{"messages":[{"role":"user","content":[{"type":"text","text":"What is this?"},{{string.Join(',', images)}}]}]}""";

    private static async Task<string> SaidAsync(HttpClient gateway, params string[] images)
    {
        using var response = await gateway.PostAsync(
            new Uri("run", UriKind.Relative), ServiceClient.Json($$"""{"model":"openai/other~events=120","inputs":{{Input(images)}}}"""));
        return Json(await response.Content.ReadAsStringAsync()).GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
    }

    private static JsonElement Json(string text) => JsonElement.Parse(text);
}
