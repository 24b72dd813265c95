namespace Orchestrator.Api.Problems;

/// <summary>The values of <c>code</c> in problem details. They are public and stay.</summary>
internal static class ProblemCodes
{
    /// <summary>400: something in the request is not what it has to be.</summary>
    public const string Invalid = "invalid";

    /// <summary>400: each part is fine, but together they can not be had (<c>gateway.md</c> §5).</summary>
    public const string Config = "config";

    /// <summary>401.</summary>
    public const string Unauthorized = "unauthorized";

    /// <summary>403.</summary>
    public const string Forbidden = "forbidden";

    /// <summary>403: a request with the session's cookie that does not prove to come from a page of the service.</summary>
    public const string Csrf = "csrf";

    /// <summary>404: no such run, or no such address.</summary>
    public const string NotFound = "not-found";

    /// <summary>404: the gateway has no log under the run's log id (yet, or any more).</summary>
    public const string LogNotFound = "log-not-found";

    /// <summary>405.</summary>
    public const string MethodNotAllowed = "method-not-allowed";

    /// <summary>408: the body came too slowly.</summary>
    public const string Timeout = "timeout";

    /// <summary>409: the run has not ended.</summary>
    public const string RunActive = "run-active";

    /// <summary>409: there is no finished output, because the run failed.</summary>
    public const string RunFailed = "run-failed";

    /// <summary>409: there is no finished output, because the run was cancelled.</summary>
    public const string RunCancelled = "run-cancelled";

    /// <summary>409: no attempt of the run has a log at the gateway.</summary>
    public const string NoLog = "no-log";

    /// <summary>413.</summary>
    public const string TooLarge = "too-large";

    /// <summary>415.</summary>
    public const string UnsupportedMediaType = "unsupported-media-type";

    /// <summary>422: the idempotency key belongs to another submission.</summary>
    public const string IdempotencyConflict = "idempotency-conflict";

    /// <summary>500.</summary>
    public const string Internal = "internal";

    /// <summary>502: the gateway refused or did not answer.</summary>
    public const string Upstream = "upstream";

    /// <summary>503: the journal can not be written or read.</summary>
    public const string JournalUnavailable = "journal-unavailable";

    /// <summary>503: this process is stopping.</summary>
    public const string Stopping = "stopping";

    /// <summary>503 of <c>/readyz</c>.</summary>
    public const string NotReady = "not-ready";
}
