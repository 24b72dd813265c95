namespace Orchestrator.Gateway;

/// <summary>
/// A direct upstream as configuration has it: <c>Upstreams:{name}:{BaseUrl, ApiKey, Wire, …}</c>. To be bound, a dictionary of them by name;
/// <see cref="Read"/> makes upstreams of it.
/// </summary>
public sealed class DirectUpstreamSettings
{
    /// <summary>Required. See <see cref="DirectUpstream.BaseUrl"/>.</summary>
    public string? BaseUrl { get; set; }

    /// <summary>Empty is none. See <see cref="DirectUpstream.ApiKey"/>.</summary>
    public string? ApiKey { get; set; }

    /// <summary><c>openai</c>, the default, or <c>anthropic</c>.</summary>
    public string? Wire { get; set; }

    /// <summary>See <see cref="DirectUpstream.Headers"/>.</summary>
    public Dictionary<string, string> Headers { get; set; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>See <see cref="DirectUpstream.TakesStreamOptions"/>.</summary>
    public bool TakesStreamOptions { get; set; } = true;

    /// <param name="settings">By name.</param>
    /// <param name="problems">Everything that is wrong; fields are settings: <c>Upstreams:{name}:BaseUrl</c>. None holds a value.</param>
    /// <returns>Those with which nothing is wrong, in the order of their names.</returns>
    public static IReadOnlyList<DirectUpstream> Read(
        IReadOnlyDictionary<string, DirectUpstreamSettings> settings, out IReadOnlyList<ConfigProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var upstreams = new List<DirectUpstream>();
        var all = new List<ConfigProblem>();
        foreach (var (name, own) in settings.OrderBy(pair => pair.Key, StringComparer.OrdinalIgnoreCase))
        {
            var upstream = own.ToUpstream(name);
            var wrong = upstream.Validate();
            all.AddRange(wrong.Select(problem => problem with
            {
                Field = problem.Field == nameof(DirectUpstream.Name)
                    ? $"Upstreams:{name}"
                    : $"Upstreams:{name}:{problem.Field.Replace('/', ':')}",
            }));
            if (wrong.Count == 0)
            {
                upstreams.Add(upstream);
            }
        }

        problems = all;
        return upstreams;
    }

    private DirectUpstream ToUpstream(string name) => new()
    {
        Name = name,
        BaseUrl = Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) ? url : new Uri("", UriKind.Relative),
        ApiKey = string.IsNullOrEmpty(ApiKey) ? null : ApiKey,
        Wire = Wire?.ToUpperInvariant() switch
        {
            null or "" or "OPENAI" => WireFormat.OpenAi,
            "ANTHROPIC" => WireFormat.Anthropic,
            _ => WireFormat.Unknown,
        },
        Headers = Headers,
        TakesStreamOptions = TakesStreamOptions,
    };
}
