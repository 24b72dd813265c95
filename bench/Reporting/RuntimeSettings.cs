using System.Collections;

namespace Orchestrator.Bench.Reporting;

/// <summary>The environment's settings of the .NET runtime: the measured processes inherit them, so figures are only worth something together with them.</summary>
internal static class RuntimeSettings
{
    /// <summary>Those that change nothing in how a program runs, or name a place on the machine.</summary>
    private static readonly string[] Harmless =
        ["DOTNET_CLI", "DOTNET_HOST", "DOTNET_ROOT", "DOTNET_NOLOGO", "DOTNET_RUNNING_IN", "DOTNET_SKIP", "DOTNET_GENERATE", "DOTNET_ADD_GLOBAL", "DOTNET_LAUNCH"];

    /// <summary>As they stand before a command: <c>DOTNET_TieredPGO=0 </c>; empty without any.</summary>
    public static string Prefix() => string.Concat(Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .Select(static v => (Name: (string)v.Key, Value: (string?)v.Value))
        .Where(static v => v.Name.StartsWith("DOTNET_", StringComparison.Ordinal) || v.Name.StartsWith("COMPlus_", StringComparison.Ordinal))
        .Where(static v => !Harmless.Any(h => v.Name.StartsWith(h, StringComparison.Ordinal)))
        .OrderBy(static v => v.Name, StringComparer.Ordinal)
        .Select(static v => $"{v.Name}={v.Value} "));
}
