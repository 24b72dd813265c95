using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>One command at work: its client and its output.</summary>
internal sealed class Session : IDisposable
{
    private static readonly BackoffPolicy Impatient = new() { GiveUpAfter = TimeSpan.FromSeconds(3) };

    private readonly HttpClient _http = new();
    private readonly string? _url;

    /// <param name="surroundings">Where it reads and writes.</param>
    /// <param name="service">Base address.</param>
    /// <param name="key">API key; null for none.</param>
    /// <param name="json">Whether the output is for programs.</param>
    /// <param name="url">The address as it was given on the command line; null where it was not.</param>
    public Session(CliSurroundings surroundings, Uri service, string? key, bool json, string? url)
    {
        _url = url;
        Json = json;
        Surroundings = surroundings;
        Terminal = new Terminal(surroundings);
        Client = new OrchestratorClient(
            _http,
            new OrchestratorClientOptions { BaseAddress = service, ApiKey = key, TimeProvider = surroundings.Time, Calls = Impatient });
    }

    public CliSurroundings Surroundings { get; }

    public Terminal Terminal { get; }

    public OrchestratorClient Client { get; }

    /// <summary>Whether the output is for programs: JSON, one object a line.</summary>
    public bool Json { get; }

    /// <summary>The command that goes on where this one stopped, to be pasted as it is.</summary>
    public string ComeBack(string runId, long after) =>
        $"orchestrator watch {runId}" + (after > 0 ? FormattableString.Invariant($" --after {after}") : "") + (_url is null ? "" : $" --url {_url}");

    public void Dispose() => _http.Dispose();
}
