using System.CommandLine;
using System.CommandLine.Parsing;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>The options that say which runs are meant, the same for every command that is about many.</summary>
internal sealed class RunFilter
{
    private const int LongestError = 200;

    private readonly IReadOnlyList<RunStatus> _possible;
    private readonly Option<string[]> _status;
    private readonly Option<string?> _model = new("--model") { Description = "Runs of this model.", HelpName = "MODEL" };
    private readonly Option<string[]> _metadata = MetadataOption.Create("Runs with this metadata; as often as needed.");
    private readonly Option<string?> _from = TimeOption.Create("--from", "Created then or later: so long ago (15m, 2h, 7d), or a time or a day, UTC.");
    private readonly Option<string?> _to = TimeOption.Create("--to", "Created before then.");
    private readonly Option<string?> _error = new("--error") { Description = "Runs with this text in their error's code or message.", HelpName = "TEXT" };

    /// <param name="possible">The statuses of runs that the command can be about.</param>
    public RunFilter(params IReadOnlyList<RunStatus> possible)
    {
        _possible = possible;
        var names = Names();
        _status = new Option<string[]>("--status") { Description = $"Runs that are {names}; several between commas.", HelpName = "STATUS" };
        _status.Validators.Add(result =>
        {
            foreach (var text in result.Tokens.SelectMany(static token => token.Value.Split(',')).Where(text => Status(text) is null))
            {
                result.AddError($"--status takes {names}, not '{text}'");
            }
        });
        _error.Validators.Add(static result =>
        {
            if (result.Tokens is [{ Value.Length: 0 or > LongestError }])
            {
                result.AddError(FormattableString.Invariant($"--error takes 1 to {LongestError} characters"));
            }
        });
    }

    private IEnumerable<Option> All => [_status, _model, _metadata, _from, _to, _error];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>Whether any of them is there.</summary>
    public bool IsGiven(CommandResult result) => All.Any(option => result.GetResult(option) is { Implicit: false });

    /// <param name="parsed">The command line.</param>
    /// <param name="now">What "ago" is counted from.</param>
    /// <exception cref="UsageException">It begins after its end.</exception>
    public RunQuery Read(ParseResult parsed, DateTimeOffset now)
    {
        var query = new RunQuery
        {
            Statuses = [.. (parsed.GetValue(_status) ?? []).SelectMany(static text => text.Split(',')).Select(Status).OfType<RunStatus>().Distinct()],
            Model = parsed.GetValue(_model),
            Metadata = MetadataOption.Read(parsed.GetValue(_metadata)),
            From = TimeOption.Read(parsed.GetValue(_from), now),
            To = TimeOption.Read(parsed.GetValue(_to), now),
            Error = parsed.GetValue(_error),
        };
        return query.From >= query.To
            ? throw new UsageException($"there is no time from {parsed.GetValue(_from)} to {parsed.GetValue(_to)}: --from is the earlier one")
            : query;
    }

    private RunStatus? Status(string text) => _possible.Cast<RunStatus?>().FirstOrDefault(status => RunFields.Status(status!.Value) == text);

    private string Names() => string.Join(", ", _possible.SkipLast(1).Select(RunFields.Status)) + " or " + RunFields.Status(_possible[^1]);
}
