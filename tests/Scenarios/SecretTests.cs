using System.Text;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

public sealed class SecretTests
{
    private const string Secret = "sk-live-0123456789abcdefSECRET";

    [Fact]
    public async Task Header_values_survive_a_crash_and_appear_nowhere_in_clear()
    {
        using var limit = new CancellationTokenSource(Patience.OfATest);
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var first = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(first.Address);

        // Dispatches are refused until the process that knew the header is dead: the one that is not must carry it all the same.
        const string Model = "openai/gpt-5-mini~events=20~rate=0";
        using var gateway = ServiceClient.Create(emulator.Address);
        using var refusing = await gateway.PutAsync(
            new Uri($"emulator/faults/{Model}", UriKind.Relative), ServiceClient.Json("""{"status":503}"""), limit.Token);
        Assert.True(refusing.IsSuccessStatusCode);
        var body = $$"""
            {"model":"{{Model}}","input":{"messages":[{"role":"user","content":"secret"}]},
             "extraHeaders":{"authorization":"Bearer {{Secret}}","x-api-key":"{{Secret}}"},"retry":{"maxAttempts":15,"delayMs":1500,"backoff":"constant"} }
            """;
        var id = await ServiceClient.SubmitAsync(http, body, "secret", limit.Token);
        while ((await ServiceClient.GetJsonAsync(gateway, "emulator/counters")).GetProperty("dispatches").GetInt32() == 0)
        {
            await Task.Delay(20, limit.Token);
        }

        await first.KillAsync();
        using var serving = await gateway.DeleteAsync(new Uri("emulator/faults", UriKind.Relative), limit.Token);
        Assert.True(serving.IsSuccessStatusCode);
        Assert.DoesNotContain(Secret, first.Errors, StringComparison.Ordinal);

        await using var second = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address, first.Address);
        var reader = new CursorReader(http, id, new Random(1));
        await reader.ReadToEndAsync(limit.Token);
        Assert.Equal("run.completed", reader.Events[^1].Type);

        var run = await http.GetStringAsync(new Uri($"v1/runs/{id}", UriKind.Relative));
        Assert.Contains("x-api-key", run, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, run, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, second.Errors, StringComparison.Ordinal);
        Assert.All(reader.Events, one => Assert.DoesNotContain(Secret, one.Data, StringComparison.Ordinal));
        Assert.DoesNotContain(
            Directory.EnumerateFiles(directory.FullPath, "*", SearchOption.AllDirectories), path => Contains(path, Encoding.UTF8.GetBytes(Secret)));
    }

    private static bool Contains(string path, byte[] needle)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        file.CopyTo(copy);
        return copy.ToArray().AsSpan().IndexOf(needle) >= 0;
    }
}
