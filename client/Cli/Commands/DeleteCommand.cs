using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

internal static class DeleteCommand
{
    public static Command Create(GlobalOptions globals) => BulkCommand.Create(globals, new BulkAction
    {
        Verb = "delete",
        Description = "Removes runs that have ended, for good.",
        Question = "Delete {0} for good?",
        Possible = [RunStatus.Completed, RunStatus.Failed, RunStatus.Cancelled],
        WhenActive = "it has not ended: cancel it first",
        OneAsync = static (session, id, cancellationToken) => session.Client.DeleteAsync(id, cancellationToken),
        Listed = static (client, ids, cancellationToken) => client.DeleteManyAsync(ids, cancellationToken),
        Fitting = static (client, filter, cancellationToken) => client.DeleteManyAsync(filter, cancellationToken),
    });
}
