using System.Globalization;
using System.Net.Http.Headers;

namespace Orchestrator.Gateway;

internal static class ReplyHeaderReader
{
    public static ReplyHeaders Read(HttpResponseMessage response) => new()
    {
        Status = (int)response.StatusCode,
        RunId = First(response.Headers, "cf-aig-run-id"),
        LogId = First(response.Headers, "cf-aig-log-id"),
        CacheStatus = First(response.Headers, "cf-aig-cache-status"),
        Step = int.TryParse(First(response.Headers, "cf-aig-step"), NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            ? step
            : null,
    };

    /// <summary>Null where it is missing or empty.</summary>
    public static string? First(HttpHeaders headers, string name)
    {
        if (headers.NonValidated.TryGetValues(name, out var values))
        {
            foreach (var value in values)
            {
                return value.Length == 0 ? null : value;
            }
        }

        return null;
    }
}
