using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orchestrator.Client;

public sealed partial class OrchestratorClient
{
    /// <summary>Submits what a run was submitted with once more: the same spec, inputs and header values. The new run's metadata has
    /// <c>rerunOf</c>, the id of the run that it repeats. Takes the role <c>operate</c>.</summary>
    /// <param name="runId">The run to repeat, whatever its status.</param>
    /// <param name="model">In the place of the run's own; null for the same.</param>
    /// <param name="idempotencyKey">The same key for the same run and model answers the same new run. Null: as in <see cref="SubmitAsync"/>.</param>
    /// <param name="cancellationToken">Cancelled before the answer, it is not known whether the new run was accepted.</param>
    /// <exception cref="OrchestratorException">404: no such run. 400: the service can not run it any more, or not with this model;
    /// <see cref="OrchestratorException.Errors"/> lists every problem. 422: the key was used for another submission.</exception>
    public Task<SubmittedRun> RerunAsync(
        string runId, string? model = null, string? idempotencyKey = null, CancellationToken cancellationToken = default) => PostRunAsync(
            RunPath.Of(runId, "/rerun"),
            JsonSerializer.SerializeToUtf8Bytes(new RerunRequest(model), WireJson.Default.RerunRequest),
            idempotencyKey,
            cancellationToken);

    /// <summary>Stops each of these runs, upstream too. Does nothing to those that have ended. Takes the role <c>operate</c>.</summary>
    /// <param name="runIds">As many as there are: the calls that it takes are made one after the other, as the results are asked for.
    /// Nothing is done before the first one is.</param>
    /// <param name="cancellationToken">Ends it between two runs or in the midst of some: what was done stays done.</param>
    /// <returns>What became of each run, in the order of the list; each is told once.</returns>
    public IAsyncEnumerable<BulkResult> CancelManyAsync(IEnumerable<string> runIds, CancellationToken cancellationToken = default) =>
        BulkAsync("/cancel", runIds, cancellationToken);

    /// <summary>Stops each run that fits the filter and has not ended, upstream too. Takes the role <c>operate</c>.</summary>
    /// <param name="filter">An empty one means all runs. Runs that come to fit it meanwhile may be among them. It has no
    /// <see cref="RunQuery.Limit"/>.</param>
    /// <param name="cancellationToken">Ends it between two runs or in the midst of some: what was done stays done.</param>
    /// <returns>What became of each run, newest first. The calls that it takes are made one after the other, as the results are asked for:
    /// nothing is done before the first one is. What a call did whose answer was lost is not told.</returns>
    public IAsyncEnumerable<BulkResult> CancelManyAsync(RunQuery filter, CancellationToken cancellationToken = default) =>
        BulkAsync("/cancel", filter, cancellationToken);

    /// <summary>Removes each of these runs and its journal for good, if it has ended. Takes the role <c>operate</c>.</summary>
    /// <param name="runIds">As in <see cref="CancelManyAsync(IEnumerable{string}, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Ends it between two runs or in the midst of some: what was done stays done.</param>
    /// <returns>What became of each run, in the order of the list; each is told once. A run that is gone is not found, also where it was removed
    /// by a try whose answer was lost.</returns>
    public IAsyncEnumerable<BulkResult> DeleteManyAsync(IEnumerable<string> runIds, CancellationToken cancellationToken = default) =>
        BulkAsync("/delete", runIds, cancellationToken);

    /// <summary>Removes each run that fits the filter and has ended, with its journal, for good. Takes the role <c>operate</c>.</summary>
    /// <param name="filter">As in <see cref="CancelManyAsync(RunQuery, CancellationToken)"/>: an empty one means all runs.</param>
    /// <param name="cancellationToken">Ends it between two runs or in the midst of some: what was done stays done.</param>
    /// <returns>As in <see cref="CancelManyAsync(RunQuery, CancellationToken)"/>.</returns>
    public IAsyncEnumerable<BulkResult> DeleteManyAsync(RunQuery filter, CancellationToken cancellationToken = default) =>
        BulkAsync("/delete", filter, cancellationToken);

    private IAsyncEnumerable<BulkResult> BulkAsync(string action, IEnumerable<string> runIds, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(runIds);
        var ids = runIds.Distinct(StringComparer.Ordinal).ToArray();
        if (ids.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("An id is empty.", nameof(runIds));
        }

        return Act(cancellationToken);

        async IAsyncEnumerable<BulkResult> Act([EnumeratorCancellation] CancellationToken token)
        {
            foreach (var some in ids.Chunk(BulkRequest.MostIds))
            {
                foreach (var result in (await BulkAsync(action, new BulkRequest(Ids: some), token).ConfigureAwait(false)).Results)
                {
                    yield return result;
                }
            }
        }
    }

    private IAsyncEnumerable<BulkResult> BulkAsync(string action, RunQuery filter, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Limit is not null)
        {
            throw new ArgumentException("All runs that fit the filter are meant: it has no Limit. Give the ids of some of them.", nameof(filter));
        }

        return Act(cancellationToken);

        async IAsyncEnumerable<BulkResult> Act([EnumeratorCancellation] CancellationToken token)
        {
            var request = new BulkRequest(Filter: BulkFilter.Of(filter), Cursor: filter.Cursor);
            while (true)
            {
                var page = await BulkAsync(action, request, token).ConfigureAwait(false);
                foreach (var result in page.Results)
                {
                    yield return result;
                }

                if (page.Next is null)
                {
                    yield break;
                }

                if (string.Equals(page.Next, request.Cursor, StringComparison.Ordinal))
                {
                    throw new MalformedAnswerException("The service answered a page that leads to itself.");
                }

                request = request with { Cursor = page.Next };
            }
        }
    }

    private async Task<BulkPage> BulkAsync(string action, BulkRequest request, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(request, WireJson.Default.BulkRequest);
        using var response = await _calls.SendAsync(
            () =>
            {
                var message = _calls.Request(HttpMethod.Post, RunPath.Runs + action);
                message.Content = Json(body);
                return message;
            },
            retry: true,
            cancellationToken).ConfigureAwait(false);
        return await ReadAsync(response, ReadBulkPage, cancellationToken).ConfigureAwait(false);
    }

    private static BulkPage ReadBulkPage(JsonElement json) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty("results", out var results) && results.ValueKind == JsonValueKind.Array
            ? new BulkPage([.. results.EnumerateArray().Select(ReadBulkResult)], ReadNext(json))
            : throw new JsonException("A call for many runs has no list of results.");

    private static BulkResult ReadBulkResult(JsonElement json) =>
        (json.Deserialize(WireJson.Default.BulkResult) ?? throw new JsonException("A result is null.")) with { Json = json };
}
