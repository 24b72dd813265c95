using System.CommandLine;
using System.CommandLine.Parsing;

namespace Orchestrator.Cli;

/// <summary>The run, or the runs, that a command is about.</summary>
internal static class RunIdArgument
{
    private const string Name = "ID";

    /// <summary>How many runs a command line names.</summary>
    public static int Count(CommandResult command) =>
        command.Command.Arguments.FirstOrDefault(static argument => argument.Name == Name) is { } argument
            ? command.GetResult(argument)?.Tokens.Count ?? 0
            : 0;

    public static Argument<string> Create()
    {
        var argument = new Argument<string>(Name) { Description = "The run, as `submit` and `list` show it." };
        argument.Validators.Add(Check);
        return argument;
    }

    public static Argument<string[]> CreateMany(ArgumentArity arity)
    {
        var argument = new Argument<string[]>(Name) { Description = "The runs, as `submit` and `list` show them.", Arity = arity };
        argument.Validators.Add(Check);
        return argument;
    }

    private static void Check(ArgumentResult result)
    {
        // What looks like an option is a misspelt one: the parser takes it for an argument.
        foreach (var id in result.Tokens.Select(static token => token.Value))
        {
            if (id.StartsWith('-') || string.IsNullOrWhiteSpace(id) || id is "." or "..")
            {
                result.AddError($"'{id}' is no run id");
            }
        }
    }
}
