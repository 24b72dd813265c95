namespace Orchestrator.Gateway;

/// <summary>A run as it goes to a direct upstream.</summary>
/// <param name="Path">From the slash behind the host and the base's path on.</param>
/// <param name="Wire">How it is answered.</param>
/// <param name="Headers">All that go with it.</param>
/// <param name="Body">JSON in parts that are sent one after the other.</param>
internal sealed record DirectCall(
    string Path, WireFormat Wire, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<ReadOnlyMemory<byte>> Body)
{
    private const string Version = "v1/";

    /// <param name="upstream">Checked.</param>
    /// <param name="model">Its name at the upstream.</param>
    /// <param name="request">Checked but for its inputs.</param>
    /// <param name="problems">Gets what is wrong; with any in it there is no call.</param>
    public static DirectCall? TryCreate(DirectUpstream upstream, string model, RunRequest request, List<ConfigProblem> problems)
    {
        var endpoint = request.Endpoint ?? (upstream.Wire == WireFormat.Anthropic ? EndpointPath.Messages : EndpointPath.ChatCompletions);
        var edit = EntryPlanner.EditFor(endpoint, model, request.Stream, upstream.TakesStreamOptions);
        if (InputEditor.TryApply(request.Inputs, edit, out var body) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        return problems.Count > 0
            ? null
            : new(PathOf(upstream, endpoint), EndpointPath.WireOf(endpoint) ?? upstream.Wire, HeadersOf(upstream, request), body);
    }

    /// <summary>The base of the OpenAI wire has the version in it, that of Anthropic's has not.</summary>
    private static string PathOf(DirectUpstream upstream, string endpoint) =>
        upstream.Wire == WireFormat.OpenAi && EndpointPath.IsCommon(endpoint) ? $"/{endpoint[Version.Length..]}" : $"/{endpoint}";

    private static Dictionary<string, string> HeadersOf(DirectUpstream upstream, RunRequest request)
    {
        // A caller's key comes in place of the configured one, in whichever header that is.
        var headers = EntryHeaders.Clean(upstream.Headers, byok: !request.Byok);
        if (upstream.ApiKey is { } key && !request.Byok)
        {
            headers[upstream.Wire == WireFormat.Anthropic ? "x-api-key" : "authorization"] =
                upstream.Wire == WireFormat.Anthropic ? key : $"Bearer {key}";
        }

        if (upstream.Wire == WireFormat.Anthropic)
        {
            headers.TryAdd(FallbackEntries.AnthropicVersionHeader, FallbackEntries.AnthropicVersion);
        }

        foreach (var (name, value) in EntryHeaders.Clean(request.ExtraHeaders, request.Byok))
        {
            headers[name] = value;
        }

        if (request.SessionAffinity is { } affinity)
        {
            headers[OptionHeaders.SessionAffinity] = affinity;
        }

        return headers;
    }
}
