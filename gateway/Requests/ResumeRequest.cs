namespace Orchestrator.Gateway;

/// <summary>A run to re-attach to.</summary>
/// <param name="Gateway">The gateway's id.</param>
/// <param name="RunId">The gateway's run id, from <see cref="ReplyHeaders.RunId"/>.</param>
/// <param name="From">How many complete events to pass over; 0 replays all. At the total the reply is an empty, clean end.</param>
/// <param name="Wire">That of the reply being resumed.</param>
public sealed record ResumeRequest(string Gateway, string RunId, long From, WireFormat Wire);
