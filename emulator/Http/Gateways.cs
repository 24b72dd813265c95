namespace Orchestrator.Emulator.Http;

/// <summary>The gateway ids of the emulated account: all but one.</summary>
internal static class Gateways
{
    /// <summary>There is no gateway of this name, for those who want to see the error.</summary>
    public static bool IsMissing(string gateway) => gateway == "missing";
}
