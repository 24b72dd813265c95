namespace Orchestrator.Gateway;

/// <summary>The internal error codes of Workers AI: in bodies, or in text like <c>3040: Capacity temporarily exceeded</c>.</summary>
internal static class WorkersAiCodes
{
    private const int CodeLength = 4;

    public static int? StatusOf(string? code) => code switch
    {
        "5007" or "5004" or "3039" or "3003" => 400,
        "5018" or "5016" or "3023" or "3041" => 403,
        "5019" or "5005" => 405,
        "3042" => 404,
        "3006" => 413,
        "3007" or "3008" => 408,
        "3036" or "3040" => 429,
        _ => null,
    };

    /// <summary>Any four digits and a colon at the start of the text; further on only a code that is known, behind a space.</summary>
    public static string? FindInText(string text)
    {
        for (var colon = text.IndexOf(':', StringComparison.Ordinal); colon >= 0; colon = text.IndexOf(':', colon + 1))
        {
            var start = colon - CodeLength;
            if (start < 0 || text.AsSpan(start, CodeLength).ContainsAnyExceptInRange('0', '9'))
            {
                continue;
            }

            var code = text.Substring(start, CodeLength);
            if (start == 0 || (text[start - 1] == ' ' && StatusOf(code) is not null))
            {
                return code;
            }
        }

        return null;
    }
}
