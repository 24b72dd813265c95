namespace Orchestrator.Gateway;

/// <summary>What a base URL and the token that goes with it must be like.</summary>
internal static class BaseUrl
{
    /// <summary>Absolute, http or https, without query and fragment; a path is kept.</summary>
    /// <exception cref="ArgumentException">It is not.</exception>
    public static void Validate(Uri? url, string what, string parameter)
    {
        if (!IsValid(url))
        {
            throw new ArgumentException($"The {what} URL is not an absolute http or https URL without query and fragment.", parameter);
        }
    }

    public static bool IsValid(Uri? url) =>
        url is { IsAbsoluteUri: true, Scheme: "http" or "https", Query.Length: 0, Fragment.Length: 0 };

    /// <exception cref="ArgumentException">It can not travel in a header.</exception>
    public static void ValidateToken(string? token, string what, string parameter)
    {
        if (token is not null && (token.Length == 0 || !HeaderRules.IsValue(token)))
        {
            throw new ArgumentException($"The {what} is not printable ASCII: it travels in a header.", parameter);
        }
    }
}
