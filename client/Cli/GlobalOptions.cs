using System.CommandLine;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>The options of every command, and the session they make.</summary>
internal sealed class GlobalOptions(CliSurroundings surroundings)
{
    private const string UrlVariable = "ORCHESTRATOR_URL";
    private const string KeyVariable = "ORCHESTRATOR_API_KEY";

    private readonly Option<string?> _url = new("--url")
    {
        Description = $"Where the service is. [{UrlVariable}, or {OrchestratorClientOptions.DefaultBaseAddress.OriginalString}]",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = $"API key. [{KeyVariable}]",
        HelpName = "KEY",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "JSON, one object a line.",
        Recursive = true,
    };

    public void AddTo(RootCommand root)
    {
        root.Options.Add(_url);
        root.Options.Add(_key);
        root.Options.Add(_json);
    }

    /// <summary>Makes a command's action: opens its session, and turns its exceptions into complaints and exit codes.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Action(Func<Session, ParseResult, CancellationToken, Task<int>> run) =>
        async (parsed, cancellationToken) =>
        {
            var url = Set(parsed.GetValue(_url));
            var address = url ?? Set(surroundings.Variable(UrlVariable)) ?? OrchestratorClientOptions.DefaultBaseAddress.OriginalString;
            try
            {
                if (!Uri.TryCreate(address, UriKind.Absolute, out var service) || service.Scheme is not ("http" or "https"))
                {
                    throw new UsageException($"'{address}' is no http or https URL: set --url or {UrlVariable}");
                }

                var key = Set(parsed.GetValue(_key)) ?? Set(surroundings.Variable(KeyVariable));
                using var session = new Session(surroundings, service, key, parsed.GetValue(_json), url);
                return await run(session, parsed, cancellationToken);
            }
            catch (Exception e) when (Complaints.Judge(e, address, RunIdArgument.Count(parsed.CommandResult) == 1, cancellationToken) is { } complaint)
            {
                foreach (var line in complaint.Lines)
                {
                    Complaints.Write(surroundings, line);
                }

                return complaint.ExitCode;
            }
        };

    private static string? Set(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;
}
