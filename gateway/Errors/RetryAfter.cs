using System.Globalization;
using System.Net.Http.Headers;

namespace Orchestrator.Gateway;

/// <summary>The header <c>Retry-After</c>: seconds or an HTTP date (RFC 9110, 10.2.3).</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(365);

    /// <returns>Null where there is none, or it can not be read; zero for a date that has passed.</returns>
    public static TimeSpan? Parse(string? value, TimeProvider time)
    {
        if (string.IsNullOrEmpty(value))
        {
            return null;
        }

        // The digit keeps out what else counts as a number: NaN and infinity.
        if (char.IsAsciiDigit(value[0])
            && double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds >= Longest.TotalSeconds ? Longest : TimeSpan.FromSeconds(seconds);
        }

        if (RetryConditionHeaderValue.TryParse(value, out var parsed) && parsed.Date is { } date)
        {
            var wait = date - time.GetUtcNow();
            return wait <= TimeSpan.Zero ? TimeSpan.Zero : wait < Longest ? wait : Longest;
        }

        return null;
    }
}
