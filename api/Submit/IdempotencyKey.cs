using Microsoft.Extensions.Primitives;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Submit;

/// <summary>The <c>Idempotency-Key</c> header.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";
    public const int MaxChars = 255;

    /// <returns>The key, or null where there is none, or a problem.</returns>
    public static (string? Key, Problem? Problem) Read(StringValues values)
    {
        if (values.Count == 0)
        {
            return (null, null);
        }

        return values is [{ Length: > 0 and <= MaxChars } key] && key.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0
            ? (key, null)
            : (null, KnownProblems.InvalidHeader(Header, $"Give one key of 1 to {MaxChars} visible ASCII characters, without spaces."));
    }
}
