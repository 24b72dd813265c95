using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>
/// Submits under an idempotency key that is made here, so that it can be told: whoever does not know whether a run was accepted repeats the
/// command with it.
/// </summary>
internal static class KeyedSubmit
{
    /// <param name="session">The command.</param>
    /// <param name="key">The caller's; null for one that is made.</param>
    /// <param name="submit">Submits under a key.</param>
    /// <param name="whenUnknown">What to tell of a key whose submit may have been carried out, or not.</param>
    /// <param name="cancellationToken">Ctrl-C.</param>
    public static async Task<SubmittedRun> RunAsync(
        Session session,
        string? key,
        Func<string, CancellationToken, Task<SubmittedRun>> submit,
        Func<string, string> whenUnknown,
        CancellationToken cancellationToken)
    {
        if (key is not null)
        {
            return await submit(key, cancellationToken);
        }

        key = Guid.NewGuid().ToString();
        try
        {
            return await submit(key, cancellationToken) with { IsNew = true };
        }
        catch (Exception e) when (e is ServiceUnreachableException { MayHaveArrived: true } or OperationCanceledException)
        {
            session.Terminal.Note(whenUnknown(key));
            throw;
        }
    }
}
