using System.Globalization;
using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Reporting;

/// <summary>What figures depend on, and nothing that names the machine.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(static l => l.StartsWith("model name", StringComparison.Ordinal));
        var model = processor is null ? RuntimeInformation.ProcessArchitecture.ToString() : processor[(processor.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} cores ({model}), {memory:0} GiB, Linux {kernel}, {FileSystem()}, {RuntimeInformation.FrameworkDescription}");
    }

    /// <summary>That of the journal's folder.</summary>
    private static string FileSystem() => new DriveInfo(Path.GetTempPath()).DriveFormat;
}
