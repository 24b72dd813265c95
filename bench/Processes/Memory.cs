using System.Globalization;

namespace Orchestrator.Bench.Processes;

/// <summary>A process's memory, from <c>/proc/PID/status</c>.</summary>
internal static class Memory
{
    /// <summary>Resident bytes.</summary>
    public static long ResidentBytes(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(static l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim(" \tkB"), CultureInfo.InvariantCulture) * 1024;
    }
}
