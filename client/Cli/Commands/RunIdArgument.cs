using System.CommandLine;

namespace Orchestrator.Cli;

/// <summary>The run that a command is about.</summary>
internal static class RunIdArgument
{
    private const string Name = "ID";

    public static bool IsOf(Command command) => command.Arguments.Any(static argument => argument.Name == Name);

    public static Argument<string> Create()
    {
        var argument = new Argument<string>(Name) { Description = "The run, as `submit` and `list` show it." };
        argument.Validators.Add(result =>
        {
            // What looks like an option is a misspelt one: the parser takes it for an argument.
            if (result.Tokens is [{ Value: var id }] && (id.StartsWith('-') || string.IsNullOrWhiteSpace(id) || id is "." or ".."))
            {
                result.AddError($"'{id}' is no run id");
            }
        });
        return argument;
    }
}
