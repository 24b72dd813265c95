namespace Orchestrator.Api.OpenApi;

/// <param name="Status">The HTTP status.</param>
/// <param name="Description">What it means.</param>
/// <param name="Content">What it may come as; none for no body.</param>
internal sealed record ResponseText(int Status, string Description, params IReadOnlyList<ContentText> Content)
{
    /// <summary>Headers that it carries, and what they say.</summary>
    public IReadOnlyList<(string Name, string Description)> Headers { get; init; } = [];

    /// <summary>A problem with one of these codes.</summary>
    public static ResponseText Problem(int status, params IReadOnlyList<string> codes) =>
        new(status, $"Problem with code {string.Join(" or ", codes.Select(static code => $"`{code}`"))}.", new ContentText(Problems.ProblemWriter.ContentType, OtherSchemas.Problem))
        {
            Headers = status switch
            {
                401 => [("WWW-Authenticate", "How to send a key.")],
                503 => [("Retry-After", "Seconds.")],
                _ => [],
            },
        };
}
