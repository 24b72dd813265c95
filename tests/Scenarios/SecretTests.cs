using System.Text;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

public sealed class SecretTests
{
    private const string Secret = "sk-live-0123456789abcdefSECRET";

    [Fact]
    public async Task Header_values_survive_a_crash_and_appear_nowhere_in_clear()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var directory = new TemporaryDirectory();
        await using var emulator = await ServiceProcess.StartEmulatorAsync();
        await using var first = await ServiceProcess.StartServiceAsync(directory.FullPath, emulator.Address);
        using var http = ServiceClient.Create(first.Address);

        // The first two dispatches are refused; the third must carry the header although the process that knew it is dead.
        var body = $$"""
            {"model":"openai/gpt-5-mini~events=20~rate=0~status=503x2","input":{"messages":[{"role":"user","content":"secret"}]},
             "extraHeaders":{"authorization":"Bearer {{Secret}}","x-api-key":"{{Secret}}"},"retry":{"maxAttempts":5,"delayMs":1500,"backoff":"constant"} }
            """;
        var id = await ServiceClient.SubmitAsync(http, body, "secret", limit.Token);
        await Task.Delay(400, limit.Token);
        await first.KillAsync();
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
