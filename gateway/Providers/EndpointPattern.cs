using System.Text;
using System.Text.RegularExpressions;

namespace Orchestrator.Gateway;

/// <summary>A <see cref="ProviderEndpoint"/> that URLs can be held against.</summary>
internal sealed partial class EndpointPattern
{
    private const string Rest = "rest";

    private readonly Regex _pattern;
    private readonly string _gatewayPath;

    public EndpointPattern(ProviderEndpoint endpoint)
    {
        _gatewayPath = endpoint.GatewayPath ?? $"{{{Rest}}}";
        var hasRest = endpoint.Url.Contains($"{{{Rest}}}", StringComparison.Ordinal);

        // A part ends at a dot or a slash, which it can not take itself: a match goes back within one part at most and needs no clock.
        _pattern = new Regex(
            $"^{Compile(endpoint.Url)}{(hasRest ? "" : $"(?<{Rest}>.*)")}$",
            RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            Regex.InfiniteMatchTimeout);
    }

    /// <returns>What to send on the gateway path, or null where the URL is not of this base.</returns>
    public string? Match(Uri url)
    {
        // Only the plain form: a port or a user in the URL is not the provider's own address.
        if (!url.IsDefaultPort || url.UserInfo.Length > 0)
        {
            return null;
        }

        var match = _pattern.Match($"{url.Scheme}://{url.IdnHost}{url.PathAndQuery}");
        return match.Success ? Placeholder().Replace(_gatewayPath, part => match.Groups[part.Groups["name"].Value].Value) : null;
    }

    /// <summary>Everything but the placeholders stands for itself. A part of a host ends at a dot, one of the path at a slash.</summary>
    private static string Compile(string template)
    {
        var pattern = new StringBuilder();
        var pathStart = template.IndexOf('/', "https://".Length);
        var taken = 0;
        foreach (Match part in Placeholder().Matches(template))
        {
            pattern.Append(Regex.Escape(template[taken..part.Index]));
            taken = part.Index + part.Length;
            var name = part.Groups["name"].Value;
            pattern.Append((name, part.Groups["hyphen"].Success) switch
            {
                (Rest, _) => $"(?<{Rest}>.*)",
                (_, true) => $"(?<{name}>([^./]+-)?)",
                _ => $"(?<{name}>{(part.Index < pathStart ? "[^./]+" : "[^/?]+")})",
            });
        }

        return pattern.Append(Regex.Escape(template[taken..])).ToString();
    }

    [GeneratedRegex(@"\{(?<name>[a-z]+)(?<hyphen>-)?\}", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1_000)]
    private static partial Regex Placeholder();
}
