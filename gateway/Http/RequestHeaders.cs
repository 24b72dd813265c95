namespace Orchestrator.Gateway;

/// <summary>Puts headers on a request, wherever the HTTP stack wants each.</summary>
internal static class RequestHeaders
{
    /// <summary>What the request has already stays: its token above all.</summary>
    public static void Add(HttpRequestMessage request, IEnumerable<KeyValuePair<string, string>> headers)
    {
        foreach (var (name, value) in headers)
        {
            if (request.Headers.NonValidated.Contains(name))
            {
                continue;
            }

            if (!request.Headers.TryAddWithoutValidation(name, value) && request.Content is { } content)
            {
                content.Headers.Remove(name);
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    public static void Add(HttpRequestMessage request, IEnumerable<OptionHeader> headers) =>
        Add(request, headers.Select(header => KeyValuePair.Create(header.Name, header.Value)));
}
