namespace Orchestrator.Gateway;

/// <summary>An id that becomes a segment of a URL's path.</summary>
internal static class PathSegment
{
    private const int MaxChars = 256;

    /// <summary>What is wrong with it. Dots alone would not stay a segment: a URL resolves them.</summary>
    public static string? Problem(string? id)
    {
        if (string.IsNullOrEmpty(id) || id.Length > MaxChars)
        {
            return $"Give an id of 1 to {MaxChars} characters.";
        }

        return id is "." or ".." || id.Any(c => char.IsControl(c) || char.IsSurrogate(c)) ? "This is not an id." : null;
    }
}
