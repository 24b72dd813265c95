using System.Diagnostics;

namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>Waits for what another process tells us late, such as a socket's close.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"Waited too long until {what}.");
            await Task.Delay(5);
        }
    }
}
