using Orchestrator.Engine.Turns;
using Orchestrator.Gateway;

namespace Orchestrator.Grains.Limits;

/// <summary>Which limits are the cluster's, each counted by one grain.</summary>
internal static class LimitKey
{
    /// <summary>All Workers AI models: they spend one account's neurons.</summary>
    public const string WorkersAi = "workers-ai";

    /// <summary>
    /// The grain's key; null where no limit is set. What an upstream's refusals teach about such a model, each silo learns for its own share,
    /// and no request pays for a call.
    /// </summary>
    public static string? Of(LimitOptions limits, TurnRequest request)
    {
        var model = ModelSlug.TryParse(request.Model, out var slug) ? slug.ToString() : request.Model;
        if (slug?.IsWorkersAi == true)
        {
            return WorkersAi;
        }

        return ModelNames.Find(limits.Models, static limit => limit.Model, model) is { Requests: > 0 } ? $"{request.Task} {model}" : null;
    }

    /// <summary>For how long a request that was sent may still count, under any of the limits.</summary>
    public static TimeSpan LongestWindow(LimitOptions limits) =>
        TimeSpan.FromSeconds(1.2 * Math.Max(60, limits.Models.Count == 0 ? 0 : limits.Models.Max(static limit => limit.WindowSeconds)) + 2);
}
