using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Orchestrator.Client;

public sealed partial class OrchestratorClient
{
    /// <summary>Submits a run.</summary>
    /// <param name="submission">What to run.</param>
    /// <param name="idempotencyKey">The same key with the same submission answers the same run. Null: a fresh one is generated
    /// (<see cref="OrchestratorClientOptions.GenerateIdempotencyKeys"/>), so that sending it again after a lost answer starts nothing twice.</param>
    /// <param name="cancellationToken">Cancelled before the answer, it is not known whether the run was accepted.</param>
    /// <exception cref="OrchestratorException">400: <see cref="OrchestratorException.Errors"/> lists every problem. 422: the key was used for another submission.</exception>
    public Task<SubmittedRun> SubmitAsync(
        RunSubmission submission, string? idempotencyKey = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(submission);
        var body = JsonSerializer.SerializeToUtf8Bytes(submission, WireJson.Default.RunSubmission);
        return PostRunAsync(RunPath.Runs, body, idempotencyKey, cancellationToken);
    }

    /// <summary>The run as it is now.</summary>
    /// <exception cref="OrchestratorException">404: no such run, or another tenant's, or retention removed it.</exception>
    public Task<Run> GetAsync(string runId, CancellationToken cancellationToken = default) =>
        GetAsync(RunPath.Of(runId), ReadRun, cancellationToken);

    /// <summary>One page of runs, newest first.</summary>
    public Task<RunPage> ListAsync(RunQuery? query = null, CancellationToken cancellationToken = default) =>
        GetAsync(RunPath.Runs + (query ?? new RunQuery()).ToQueryString(), ReadPage, cancellationToken);

    /// <summary>All runs, newest first, page by page as they are asked for. Runs submitted meanwhile are not included.</summary>
    public async IAsyncEnumerable<Run> ListAllAsync(
        RunQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        query ??= new RunQuery();
        while (true)
        {
            var page = await ListAsync(query, cancellationToken).ConfigureAwait(false);
            foreach (var run in page.Runs)
            {
                yield return run;
            }

            if (page.Next is null)
            {
                yield break;
            }

            if (string.Equals(page.Next, query.Cursor, StringComparison.Ordinal))
            {
                throw new MalformedAnswerException("The service answered a page that leads to itself.");
            }

            query = query with { Cursor = page.Next };
        }
    }

    /// <summary>Stops the run, upstream too. Does nothing to a run that has ended.</summary>
    /// <returns>The run after the call. It may still be running: the terminal event tells.</returns>
    public async Task<Run> CancelAsync(string runId, CancellationToken cancellationToken = default)
    {
        using var response = await _calls
            .SendAsync(() => _calls.Request(HttpMethod.Post, RunPath.Of(runId, "/cancel")), retry: true, cancellationToken).ConfigureAwait(false);
        return response.Content.Headers.ContentLength is 0 || response.StatusCode == HttpStatusCode.NoContent
            ? await GetAsync(runId, cancellationToken).ConfigureAwait(false)
            : await ReadAsync(response, ReadRun, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a finished run and its journal.</summary>
    /// <exception cref="OrchestratorException">409: the run is active; cancel it first. 404: no such run.</exception>
    public async Task DeleteAsync(string runId, CancellationToken cancellationToken = default)
    {
        using var response = await _calls.SendAsync(
            () => _calls.Request(HttpMethod.Delete, RunPath.Of(runId)), retry: true, cancellationToken, IsGoneOnRetry).ConfigureAwait(false);
    }

    /// <summary>Notes feedback on the gateway log of the serving attempt.</summary>
    public async Task SendFeedbackAsync(string runId, RunFeedback feedback, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(feedback);
        var body = JsonSerializer.SerializeToUtf8Bytes(feedback, WireJson.Default.RunFeedback);
        using var response = await _calls.SendAsync(
            () =>
            {
                var request = _calls.Request(HttpMethod.Post, RunPath.Of(runId, "/feedback"));
                request.Content = Json(body);
                return request;
            },
            retry: true,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The gateway log of the serving attempt, as the gateway has it.</summary>
    public Task<JsonElement> GetLogAsync(string runId, CancellationToken cancellationToken = default) =>
        GetAsync(RunPath.Of(runId, "/log"), log => log, cancellationToken);

    /// <summary>The finished output: text, JSON or bytes, whole in memory.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="wait">How long the service may hold the call until the run is finished; whole seconds. Keep it below the
    /// <see cref="HttpClient"/>'s timeout.</param>
    /// <param name="cancellationToken">Ends the call, not the run.</param>
    /// <returns>Null while the run is not finished.</returns>
    public Task<OutputContent?> GetOutputAsync(string runId, TimeSpan wait = default, CancellationToken cancellationToken = default)
    {
        var seconds = (long)Math.Ceiling(wait.TotalSeconds);
        return ReadOutputAsync(runId, seconds > 0 ? string.Create(CultureInfo.InvariantCulture, $"?wait={seconds}") : "", cancellationToken);
    }

    /// <summary>One of several results (<see cref="RunSubmission.N"/>); of a run with one, that one.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="part">From 0.</param>
    /// <param name="cancellationToken">Ends the call, not the run.</param>
    /// <returns>Null while the run is not finished.</returns>
    /// <exception cref="OrchestratorException">400: it has fewer.</exception>
    public Task<OutputContent?> GetOutputPartAsync(string runId, int part, CancellationToken cancellationToken = default) =>
        ReadOutputAsync(runId, string.Create(CultureInfo.InvariantCulture, $"?part={part}"), cancellationToken);

    private async Task<OutputContent?> ReadOutputAsync(string runId, string query, CancellationToken cancellationToken)
    {
        using var response = await GetResponseAsync(RunPath.Of(runId, "/output" + query), cancellationToken, "*/*").ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Accepted)
        {
            return null;
        }

        var bytes = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        MediaTypeHeaderValue? type = response.Content.Headers.ContentType;
        return new OutputContent(type?.ToString() ?? "application/octet-stream", bytes);
    }

    private async Task<SubmittedRun> PostRunAsync(string path, byte[] body, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var key = idempotencyKey ?? (_options.GenerateIdempotencyKeys ? Guid.NewGuid().ToString() : null);
        using var response = await _calls.SendAsync(
            () =>
            {
                var request = _calls.Request(HttpMethod.Post, path);
                request.Content = Json(body);
                if (key is not null)
                {
                    request.Headers.Add("Idempotency-Key", key);
                }

                return request;
            },
            retry: key is not null,
            cancellationToken).ConfigureAwait(false);
        var run = await ReadAsync(response, ReadRun, cancellationToken).ConfigureAwait(false);

        // A key of our own is new by construction: 200 then only means that the first answer was lost.
        return new SubmittedRun(run, response.StatusCode == HttpStatusCode.Accepted || idempotencyKey is null, key);
    }
}
