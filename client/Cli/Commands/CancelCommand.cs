using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class CancelCommand
{
    public static Command Create(GlobalOptions globals) => BulkCommand.Create(globals, new BulkAction
    {
        Verb = "cancel",
        Description = "Stops runs, upstream too. A run that has ended stays as it is.",
        Question = "Cancel {0}?",
        Possible = [RunStatus.Queued, RunStatus.Running],
        WhenActive = "no host works on it at the moment: try again in a minute",
        OneAsync = OneAsync,
        Listed = static (client, ids, cancellationToken) => client.CancelManyAsync(ids, cancellationToken),
        Fitting = static (client, filter, cancellationToken) => client.CancelManyAsync(filter, cancellationToken),
    });

    private static async Task OneAsync(Session session, string id, CancellationToken cancellationToken)
    {
        var run = await session.Client.CancelAsync(id, cancellationToken);
        if (session.Json)
        {
            session.Terminal.Line(JsonLine.Of(run.Json));
        }
        else
        {
            session.Terminal.Row(run.Id, RunFields.Status(run));
        }
    }
}
