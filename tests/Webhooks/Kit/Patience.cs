namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>How long a test waits, in real time, for something that must happen.</summary>
internal static class Patience
{
    public static readonly TimeSpan Span = TimeSpan.FromMinutes(2);
}
