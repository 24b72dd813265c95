using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Submits once more what runs were submitted with.</summary>
/// <param name="session">The command.</param>
/// <param name="model">In the place of the runs' own; null for the same.</param>
internal sealed class Rerun(Session session, string? model)
{
    public async Task<int> OneAsync(string id, string? key, bool watch, CancellationToken cancellationToken)
    {
        var submitted = await SubmitAsync(id, key, cancellationToken);
        return await SubmittedPrinter.ShowAsync(session, submitted, watch, cancellationToken);
    }

    /// <summary>One that is refused does not keep those behind it from being run again.</summary>
    /// <returns>The exit code: of several the highest.</returns>
    public async Task<int> EachAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var code = ExitCode.Completed;
        foreach (var (done, id) in ids.Index())
        {
            try
            {
                var run = (await SubmitAsync(id, null, cancellationToken)).Run;
                Print(id, run);
            }
            catch (OrchestratorException e) when (Complaints.OfOne(e, session, cancellationToken) is { } complaint)
            {
                code = Math.Max(code, complaint.ExitCode);
                foreach (var line in complaint.Lines)
                {
                    Complaints.Write(session.Surroundings, $"{id}: {line}");
                }
            }
            catch (Exception) when (done > 0)
            {
                session.Terminal.Note($"{Quantity.Of(ids.Count - done, "run")} from {id} on {(ids.Count - done == 1 ? "was" : "were")} not run again");
                throw;
            }
        }

        return code;
    }

    private void Print(string id, Run run)
    {
        if (session.Json)
        {
            session.Terminal.Line(JsonLine.Of(run.Json));
        }
        else if (session.Terminal.OutIsTerminal)
        {
            session.Terminal.Row(run.Id, $"repeats {id}");
        }
        else
        {
            session.Terminal.Line(run.Id);
        }
    }

    private Task<SubmittedRun> SubmitAsync(string id, string? key, CancellationToken cancellationToken) => KeyedSubmit.RunAsync(
        session,
        key,
        (made, token) => session.Client.RerunAsync(id, model, made, token),
        made => $"it is not known whether {id} is run again: repeat the command for it with --idempotency-key {made}",
        cancellationToken);
}
