using System.Globalization;

namespace Orchestrator.Bench.Processes;

/// <summary>CPU seconds, user and system, of named groups of processes and of this one, from <c>/proc/PID/stat</c>.</summary>
internal sealed class CpuUsage(IReadOnlyDictionary<string, int[]> groups)
{
    /// <summary>The name of this process.</summary>
    public const string Self = "load";

    /// <summary>The unit of <c>/proc/PID/stat</c> that Linux shows to user space.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Since each process's start.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        Dictionary<string, double> usage = groups.ToDictionary(static g => g.Key, static g => g.Value.Sum(Of), StringComparer.Ordinal);
        usage[Self] = Of(Environment.ProcessId);
        return usage;
    }

    private static double Of(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");

            // The name in parentheses may hold anything; user and system time are the 12th and 13th field after it.
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return 0;
        }
    }
}
