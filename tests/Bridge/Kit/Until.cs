using System.Diagnostics;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>Waits for what another process tells us late, such as a socket's close.</summary>
internal static class Until
{
    public static Task TrueAsync(Func<bool> condition, string what) => TrueAsync(() => Task.FromResult(condition()), what);

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromMinutes(2), $"Waited too long until {what}.");
            await Task.Delay(5);
        }
    }
}
