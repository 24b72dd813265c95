using Microsoft.OpenApi;
using Orchestrator.Api.Json;
using Orchestrator.Api.Output;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Submit;
using Orchestrator.Engine.Runs;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of each operation.</summary>
internal static class Operations
{
    public const string Runs = "runs";
    public const string Reading = "reading";
    public const string Service = "service";
    private static readonly ApiOptions Usual = new();
    private static readonly ResponseText NotFound = ResponseText.Problem(404, ProblemCodes.NotFound);
    private static readonly ContentText RunJson = new(JsonAnswer.ContentType, RunSchemas.Run);
    private static readonly ContentText EventStream = new(EventStreamAccept.ContentType, EventSchemas.Event);

    public static readonly OperationText Submit = new("submitRun", Runs, "Submit a run.")
    {
        Description = "With Accept: text/event-stream the answer is the run's event stream from the start; the key then needs the role read, too. "
            + "A refused submission is neither journaled nor sent, and its problem lists everything that is wrong with it.",
        Parameters =
        [
            new(ParameterLocation.Header, IdempotencyKey.Header, $"The same key with the same body answers the same run. 1 to {IdempotencyKey.MaxChars} visible ASCII characters.", Text()),
        ],
        Body = SubmissionSchema.Name,
        BodyExample = """
            {
              "model": "openai/gpt-5-mini",
              "input": { "messages": [{ "role": "user", "content": "Tell me about the sea." }] },
              "fallback": { "models": ["anthropic/claude-haiku-4.5"] },
              "metadata": { "conversation": "c1" }
            }
            """,
        Responses =
        [
            new(202, "The run is durable and under way.", RunJson) { Headers = [("Location", "Where the run is.")] },
            new(200, "The run of an earlier submission with this key; or the event stream, where it was asked for.", RunJson, EventStream)
            {
                Headers = [("Location", "Where the run is.")],
            },
            ResponseText.Problem(400, ProblemCodes.Invalid, ProblemCodes.Config),
            ResponseText.Problem(413, ProblemCodes.TooLarge),
            ResponseText.Problem(415, ProblemCodes.UnsupportedMediaType),
            ResponseText.Problem(422, ProblemCodes.IdempotencyConflict),
            ResponseText.Problem(503, ProblemCodes.JournalUnavailable, ProblemCodes.Stopping),
        ],
    };

    public static readonly OperationText List = new("listRuns", Runs, "List runs, newest first.")
    {
        Description = "All conditions must hold. Pages are by key: runs that are submitted meanwhile are on no later page. "
            + "A run's metadata is searched with metadata.<key>=<text> (or metadata[<key>]), as often as wanted; numbers and booleans are compared as their JSON text. "
            + "An unknown parameter is refused.",
        Parameters =
        [
            new(ParameterLocation.Query, "status", "Any of these; separated by commas, or repeated.", ListOf(OneOf(null, Enum.GetValues<RunStatus>().Select(static status => status.ToWire())))),
            new(ParameterLocation.Query, "model", "As it was submitted.", Text()),
            new(ParameterLocation.Query, "tenant", "Only where the service has no keys; the caller's own otherwise.", Text()),
            new(ParameterLocation.Query, "metadata", "metadata[<key>]=<text>, or metadata.<key>=<text>.", MapOf(Text())),
            new(ParameterLocation.Query, "from", "Created at this time or later.", Time("RFC 3339.")),
            new(ParameterLocation.Query, "to", "Created before this time.", Time("RFC 3339.")),
            new(ParameterLocation.Query, "error", "A part of the error's code or message, in upper or lower case.", Text()),
            new(ParameterLocation.Query, "limit", $"Runs per page; {Usual.DefaultListLimit} unless given, at most {Usual.MaxListLimit} (Api:DefaultListLimit, Api:MaxListLimit).", Whole(null, 1)),
            new(ParameterLocation.Query, "cursor", "The next of the page before.", Text()),
        ],
        Responses = [new(200, "A page of summaries.", new ContentText(JsonAnswer.ContentType, RunSchemas.RunPage)), ResponseText.Problem(400, ProblemCodes.Invalid)],
    };

    public static readonly OperationText Get = new("getRun", Runs, "The run as it is now.")
    {
        Description = "Its output so far is as of seq: follow the events after that number to miss nothing and see nothing twice.",
        Responses = [new(200, "The run.", RunJson), NotFound],
    };

    public static readonly OperationText Cancel = new("cancelRun", Runs, "Stop the run, upstream too.")
    {
        Description = "Idempotent: a run that has ended stays as it is.",
        Responses = [new(200, "The run, ended.", RunJson), NotFound],
    };

    public static readonly OperationText Delete = new("deleteRun", Runs, "Remove a run that has ended, and its journal.")
    {
        Description = "A run that has not ended is to be cancelled first.",
        Responses = [new(204, "It is gone."), NotFound, ResponseText.Problem(409, ProblemCodes.RunActive)],
    };

    public static readonly OperationText Events = new("readEvents", Reading, "The run's events, as server-sent events.")
    {
        Description = "Live until the terminal event. Sequence numbers start at 1 and have no gaps; a comment keeps a silent connection open. "
            + "A connection that breaks before the terminal event is to be opened again from the last number that was read. "
            + "A number that an active run has not reached waits. After output.reset the output before it no longer counts: its reason is "
            + "restart where the same model answers again, and fallback where the next one does.",
        Parameters =
        [
            new(ParameterLocation.Query, "after", "Only events after this number.", Whole(null, 0)),
            new(ParameterLocation.Header, "Last-Event-ID", "The same, as browsers send it when they reconnect; where both are given, this one counts.", Whole(null, 0)),
        ],
        Responses =
        [
            new(200, "The event stream.", EventStream),
            new(204, "The run has ended and there is nothing after that number."),
            ResponseText.Problem(400, ProblemCodes.Invalid),
            NotFound,
        ],
    };

    public static readonly OperationText Stream = new("readStream", Reading, "The gateway's own bytes of the serving attempt.")
    {
        Description = "What the gateway's resume endpoint would send, but it never expires. A break in it means that another attempt took over, or the connection failed.",
        Parameters = [new(ParameterLocation.Query, "from", "How many complete events to leave out.", Whole(null, 0))],
        Responses = [new(200, "The bytes, in the provider's own format; none at or past the end of a finished run.", new ContentText(EventStreamAccept.ContentType)), ResponseText.Problem(400, ProblemCodes.Invalid), NotFound],
    };

    public static readonly OperationText Output = new("getOutput", Reading, "The finished output by itself.")
    {
        Description = "Text as text/plain, an answer of tool calls alone as JSON, a document with its own content type. Several results (n) are a JSON list of where each is.",
        Parameters = [new(ParameterLocation.Query, "wait", $"Seconds to wait for the end at most; more than {Usual.MaxWait.TotalSeconds} are as many (Api:MaxWait).", Whole(null, 0)), new(ParameterLocation.Query, "part", "Which of several results, from 0.", Whole(null, 0))],
        Responses =
        [
            new(200, "The output.", new ContentText("text/plain", Plain: true), new ContentText(JsonAnswer.ContentType), new ContentText("*/*"))
            {
                Headers = [(OutputApi.IncompleteHeader, "There where a partial answer was accepted: why it is partial.")],
            },
            new(202, "The run has not ended.", new ContentText(JsonAnswer.ContentType, RunSchemas.RunState)) { Headers = [("Retry-After", "Seconds.")] },
            ResponseText.Problem(400, ProblemCodes.Invalid),
            NotFound,
            ResponseText.Problem(409, ProblemCodes.RunFailed, ProblemCodes.RunCancelled),
        ],
    };

    public static readonly OperationText Feedback = new("sendFeedback", Runs, "Note feedback on the gateway's log of the serving attempt.")
    {
        Description = "Sent again, it replaces what was noted before.",
        Body = OtherSchemas.Feedback,
        BodyExample = """{ "feedback": 1, "score": 90, "metadata": { "reviewer": "ann" } }""",
        Responses =
        [
            new(204, "It is noted."),
            ResponseText.Problem(400, ProblemCodes.Invalid),
            ResponseText.Problem(404, ProblemCodes.NotFound, ProblemCodes.LogNotFound),
            ResponseText.Problem(409, ProblemCodes.NoLog),
            ResponseText.Problem(413, ProblemCodes.TooLarge),
            ResponseText.Problem(415, ProblemCodes.UnsupportedMediaType),
            ResponseText.Problem(502, ProblemCodes.Upstream),
        ],
    };

    public static readonly OperationText Log = new("getLog", Reading, "The gateway's log of the serving attempt.")
    {
        Description = "Whatever the gateway keeps of the request; it appears a little after the answer, and the gateway removes old ones.",
        Responses =
        [
            new(200, "The log, as the gateway has it.", new ContentText(JsonAnswer.ContentType)),
            ResponseText.Problem(404, ProblemCodes.NotFound, ProblemCodes.LogNotFound),
            ResponseText.Problem(409, ProblemCodes.NoLog),
            ResponseText.Problem(502, ProblemCodes.Upstream),
        ],
    };

    public static readonly OperationText Live = new("getHealth", Service, "Whether the process lives.")
    {
        Description = "Answered whatever the state of the journal is: a process that does not answer is to be started anew.",
        Responses = [new(200, "It does.", new ContentText(JsonAnswer.ContentType, OtherSchemas.Health))],
    };

    public static readonly OperationText Ready = new("getReadiness", Service, "Whether the service takes submissions.")
    {
        Description = "503 while it starts or stops, or its journal can not be written: calls are to go to another host meanwhile.",
        Responses = [new(200, "It does.", new ContentText(JsonAnswer.ContentType, OtherSchemas.Health)), ResponseText.Problem(503, ProblemCodes.NotReady)],
    };
}
