using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>What <c>submit</c> is told, and the submission it makes.</summary>
internal sealed class SubmitArguments
{
    private readonly Argument<string> _model = new("MODEL") { Description = "provider/model, or a Workers AI id (@cf/…)." };

    private readonly Argument<string?> _prompt = new("PROMPT")
    {
        Description = "The user's message; - reads it from standard input.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _input = new("--input")
    {
        Description = "A file with the input in the model's own schema, instead of a prompt; - is standard input.",
        HelpName = "FILE.json",
    };

    private readonly Option<string?> _task = new("--task")
    {
        Description = "What the model does, where its name does not tell: embeddings, image, speech, … (default: what it tells).",
        HelpName = "TASK",
    };

    private readonly Option<int?> _n = new("-n") { Description = "How many images; each is a dispatch of its own.", HelpName = "N" };

    private readonly Option<string[]> _fallback = new("--fallback")
    {
        Description = "A model to try when the ones before it fail; as often as needed, in this order.",
        HelpName = "MODEL",
    };

    private readonly Option<BreakAction?> _onStreamFailure = new("--on-stream-failure")
    {
        Description = "When the stream fails for good after its first event: error, accept-partial, restart or continue.",
        HelpName = "ACTION",
        CustomParser = ReadAction,
    };

    private readonly Option<int?> _maxAttempts = new("--max-attempts") { Description = "Tries per model before its first event.", HelpName = "N" };

    private readonly Option<string[]> _metadata = MetadataOption.Create("Yours: searchable, echoed; as often as needed.");

    private readonly Option<string?> _key = new("--idempotency-key")
    {
        Description = "The same key with the same submission is the same run.",
        HelpName = "KEY",
    };

    public void AddTo(Command command)
    {
        command.Add(_model);
        command.Add(_prompt);
        command.Add(_input);
        command.Add(_task);
        command.Add(_n);
        command.Add(_fallback);
        command.Add(_onStreamFailure);
        command.Add(_maxAttempts);
        command.Add(_metadata);
        command.Add(_key);
        command.Validators.Add(Check);
    }

    public string? IdempotencyKey(ParseResult parsed) => parsed.GetValue(_key);

    /// <exception cref="UsageException">The input is no JSON object.</exception>
    public async Task<RunSubmission> ReadAsync(ParseResult parsed, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        var model = parsed.GetRequiredValue(_model);
        var submission = parsed.GetValue(_input) is { } file
            ? new RunSubmission { Model = model, Input = await ReadInputAsync(file, surroundings, cancellationToken) }
            : RunSubmission.Chat(model, await ReadPromptAsync(parsed.GetValue(_prompt)!, surroundings, cancellationToken));
        return submission with
        {
            Task = parsed.GetValue(_task),
            N = parsed.GetValue(_n),
            Fallback = parsed.GetValue(_fallback) is { Length: > 0 } models ? new RunFallback { Models = models } : null,
            OnStreamFailure = parsed.GetValue(_onStreamFailure),
            Retry = parsed.GetValue(_maxAttempts) is { } attempts ? new RunRetry { MaxAttempts = attempts } : null,
            Metadata = MetadataOption.ReadJson(parsed.GetValue(_metadata)),
        };
    }

    private static async Task<string> ReadPromptAsync(string prompt, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        if (prompt != "-")
        {
            return prompt;
        }

        var text = await surroundings.In().ReadToEndAsync(cancellationToken);
        return text.Length > 0 ? text : throw new UsageException("standard input is empty: it should hold the prompt");
    }

    private static async Task<JsonObject> ReadInputAsync(string file, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        var text = file == "-" ? await surroundings.In().ReadToEndAsync(cancellationToken) : await File.ReadAllTextAsync(file, cancellationToken);
        try
        {
            return JsonNode.Parse(text) as JsonObject
                ?? throw new UsageException($"{file}: the input must be a JSON object in the model's own schema, such as {{\"messages\":[…]}}");
        }
        catch (JsonException e)
        {
            throw new UsageException(FormattableString.Invariant($"{file} is no JSON: it breaks in line {e.LineNumber + 1} at byte {e.BytePositionInLine + 1}"));
        }
    }

    private static BreakAction? ReadAction(ArgumentResult result)
    {
        switch (result.Tokens[^1].Value)
        {
            case "error":
                return BreakAction.Error;
            case "accept-partial":
                return BreakAction.AcceptPartial;
            case "restart":
                return BreakAction.Restart;
            case "continue":
                return BreakAction.Continue;
            default:
                result.AddError("--on-stream-failure takes error, accept-partial, restart or continue");
                return null;
        }
    }

    private void Check(CommandResult result)
    {
        if (result.GetResult(_model) is not { Tokens.Count: > 0 })
        {
            result.AddError("submit takes a MODEL, and a PROMPT (- for standard input) or --input FILE.json");
            return;
        }

        var prompt = result.GetResult(_prompt) is { Tokens: [{ Value: var text }] } ? text : null;
        if (prompt is null == result.GetResult(_input) is null)
        {
            result.AddError("submit takes a PROMPT (- for standard input) or --input FILE.json, one of them");
        }

        // What looks like an option is a misspelt one: the parser takes it for the prompt.
        if (prompt is ['-', not ' ', ..])
        {
            result.AddError($"'{prompt}' is no option; a prompt that begins with a dash comes from standard input: submit MODEL -");
        }
    }
}
