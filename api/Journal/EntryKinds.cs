using Orchestrator.Engine.Entries;

namespace Orchestrator.Api.Journal;

/// <summary>Kinds of entries as callers see them.</summary>
internal static class EntryKinds
{
    public static readonly IReadOnlyList<string> All = [.. Enum.GetValues<EntryKind>().Select(Name)];

    public static string Name(EntryKind kind) => kind switch
    {
        EntryKind.RunSubmitted => "run.submitted",
        EntryKind.AttemptStarted => "attempt.started",
        EntryKind.AttemptAttached => "attempt.attached",
        EntryKind.UpstreamEvent => "upstream.event",
        EntryKind.AttemptDetached => "attempt.detached",
        EntryKind.AttemptReattached => "attempt.reattached",
        EntryKind.AttemptResult => "attempt.result",
        EntryKind.AttemptFailed => "attempt.failed",
        EntryKind.RunEnded => "run.ended",
        _ => "unknown",
    };
}
