using System.Globalization;

namespace Orchestrator.Bench.Processes;

/// <summary>CPU seconds, user and system, of named groups of processes and of this one, from <c>/proc/PID/stat</c>.</summary>
internal sealed class CpuUsage(IReadOnlyDictionary<string, int[]> groups)
{
    /// <summary>The name of this process.</summary>
    public const string Self = "load";

    /// <summary>The name of everything else on the machine: what it took, the measured processes did not have.</summary>
    public const string Others = "others";

    /// <summary>The unit of <c>/proc/PID/stat</c> that Linux shows to user space.</summary>
    private const double TicksPerSecond = 100;

    /// <summary>Since each process's start.</summary>
    public IReadOnlyDictionary<string, double> Read()
    {
        Dictionary<string, double> usage = groups.ToDictionary(static g => g.Key, static g => g.Value.Sum(Of), StringComparer.Ordinal);
        usage[Self] = Of(Environment.ProcessId);
        usage[Others] = Busy() - usage.Values.Sum();
        return usage;
    }

    /// <summary>CPU seconds of the whole machine, but for idling, waiting for disks, and what its host took from it.</summary>
    private static double Busy()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int[] busy = [1, 2, 3, 6, 7];
        return busy.Sum(field => long.Parse(fields[field], CultureInfo.InvariantCulture)) / TicksPerSecond;
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
