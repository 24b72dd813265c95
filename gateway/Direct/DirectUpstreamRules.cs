using System.Buffers;

namespace Orchestrator.Gateway;

internal static class DirectUpstreamRules
{
    private const int MaxNameChars = 64;
    private const string Compat = "compat";

    private static readonly SearchValues<char> NameChars =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static IReadOnlyList<ConfigProblem> Check(DirectUpstream upstream)
    {
        var problems = new List<ConfigProblem>();
        if (NameProblem(upstream.Name) is { } name)
        {
            problems.Add(new(nameof(DirectUpstream.Name), name));
        }

        if (!BaseUrl.IsValid(upstream.BaseUrl) || upstream.BaseUrl.UserInfo.Length > 0)
        {
            problems.Add(new(
                nameof(DirectUpstream.BaseUrl),
                "Give an absolute http or https URL without user, query and fragment, e.g. https://host/v1."));
        }

        if (upstream.ApiKey is { } key && (key.Length == 0 || key.Any(static c => c is <= ' ' or > '~')))
        {
            problems.Add(new(nameof(DirectUpstream.ApiKey), "Give visible ASCII without spaces: it travels in a header. Leave it out where none is needed."));
        }

        if (upstream.Wire is not (WireFormat.OpenAi or WireFormat.Anthropic))
        {
            problems.Add(new(nameof(DirectUpstream.Wire), "Give openai or anthropic."));
        }

        problems.AddRange(RunRequestRules.Under(nameof(DirectUpstream.Headers), HeaderRules.Check(upstream.Headers)));
        return problems;
    }

    private static string? NameProblem(string name) =>
        name.Length is 0 or > MaxNameChars || name.AsSpan().ContainsAnyExcept(NameChars)
            ? $"Give 1 to {MaxNameChars} letters, digits, hyphens, underscores and dots."
            : ProviderRegistry.Find(name) is not null
                || name.Equals(ModelSlug.WorkersAi, StringComparison.OrdinalIgnoreCase)
                || name.Equals(Compat, StringComparison.OrdinalIgnoreCase)
                ? $"The gateway has a provider of this name: choose another, e.g. {name}-direct."
                : null;
}
