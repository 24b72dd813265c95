using Microsoft.Extensions.Primitives;

namespace Orchestrator.Api.Auth;

/// <summary>The <c>Authorization: Bearer</c> header.</summary>
internal static class BearerToken
{
    /// <summary>What a 401 says of how to send a key.</summary>
    public const string Challenge = "Bearer realm=\"orchestrator\"";

    private const string Scheme = "Bearer ";

    /// <summary>Null where there is not exactly one, of this scheme.</summary>
    public static string? Of(StringValues authorization)
    {
        if (authorization is not [{ } value] || !value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var token = value[Scheme.Length..].Trim();
        return IsToken(token) ? token : null;
    }

    public static bool IsToken(string text) => text.Length > 0 && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0;
}
