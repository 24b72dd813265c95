using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace Orchestrator.Cli;

/// <summary>The command line as a whole: parses, runs one command, and turns what happened into an exit code.</summary>
internal static class CommandLine
{
    // A model's id may begin with '@', which must not be read as the name of a response file.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    public static async Task<int> RunAsync(IReadOnlyList<string> args, CliSurroundings surroundings, CancellationToken cancellationToken)
    {
        var parsed = CommandLineParser.Parse(Root(surroundings), args, Parsing);
        if (parsed.Action is ParseErrorAction)
        {
            foreach (var message in ParsingFaults.Explain([.. parsed.Errors.Select(static error => error.Message)]))
            {
                Complaints.Write(surroundings, message);
            }

            Complaints.Write(surroundings, $"see: orchestrator {Name(parsed.CommandResult.Command)}--help");
            return ExitCode.Usage;
        }

        var invocation = new InvocationConfiguration
        {
            Output = surroundings.Out,
            Error = surroundings.Error,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        var code = await parsed.InvokeAsync(invocation, cancellationToken);
        await surroundings.Out.FlushAsync(CancellationToken.None);
        return code;
    }

    private static RootCommand Root(CliSurroundings surroundings)
    {
        var globals = new GlobalOptions(surroundings);
        var root = new RootCommand(
            """
            Submits runs to the Orchestrator service, and reads them: live, across drops, and after the fact.

            Exit codes: 0 completed, 1 the run failed, 2 usage error, 3 incomplete (a partial answer), 4 cancelled,
            5 not found, 6 unauthorised, 7 service unreachable, 130 interrupted (the run goes on) or not confirmed.
            Of several runs the highest code counts.
            """)
        {
            SubmitCommand.Create(globals),
            WatchCommand.Create(globals),
            GetCommand.Create(globals),
            ListCommand.Create(globals),
            OutputCommand.Create(globals),
            RerunCommand.Create(globals),
            CancelCommand.Create(globals),
            DeleteCommand.Create(globals),
            FeedbackCommand.Create(globals),
        };
        globals.AddTo(root);
        return root;
    }

    private static string Name(Command command) => command is RootCommand ? "" : command.Name + " ";
}
