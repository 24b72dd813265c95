using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Statistics;

namespace Orchestrator.Api.Statistics;

/// <summary>What statistics are asked for; times in Unix milliseconds.</summary>
internal sealed record StatsQuery(long From, long To, long Step, StatGroup By)
{
    public const int MaxPoints = 1500;
    private const long Hour = 3_600_000;
    private const int UsualPoints = 60;

    public static readonly IReadOnlyList<(string Name, StatGroup Group)> Groups =
        [("none", StatGroup.None), ("model", StatGroup.Model), ("leg", StatGroup.Leg), ("tenant", StatGroup.Tenant)];

    /// <returns>Either a query or a problem. Unless asked for otherwise: the last hour.</returns>
    public static (StatsQuery? Query, Problem? Problem) Read(IQueryCollection parameters, long now)
    {
        long? from = null, to = null, step = null;
        var by = StatGroup.None;
        foreach (var (name, values) in parameters)
        {
            var value = values is [{ } only] ? only : "";
            var isRead = name switch
            {
                "from" => TryTime(value, out from),
                "to" => TryTime(value, out to),
                "step" => TryStep(value, out step),
                "by" => TryGroup(value, out by),
                _ => false,
            };
            if (!isRead)
            {
                return (null, KnownProblems.InvalidParameter(name, Hint(name, value)));
            }
        }

        var end = to ?? now;
        var begin = from ?? end - Hour;
        if (begin >= end)
        {
            return (null, KnownProblems.InvalidParameter("from", "Give a time before the end (to, or now)."));
        }

        var length = step ?? Math.Max(1, (end - begin) / UsualPoints);
        return (end - begin) / length > MaxPoints
            ? (null, KnownProblems.InvalidParameter("step", $"That is more than {MaxPoints} points: give a longer step, or a shorter time."))
            : (new StatsQuery(begin, end, length, by), null);
    }

    private static bool TryTime(string text, out long? time)
    {
        time = QueryTime.TryParse(text, out var parsed) ? parsed : null;
        return time is not null;
    }

    /// <summary>Seconds, or a number with s, m or h.</summary>
    private static bool TryStep(string text, out long? step)
    {
        step = null;
        var factor = text is [.., var unit] ? unit switch { 's' => 1, 'm' => 60, 'h' => 3600, >= '0' and <= '9' => 0, _ => -1 } : -1;
        if (factor < 0 || !int.TryParse(factor == 0 ? text : text[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            return false;
        }

        step = number * 1000L * Math.Max(1, factor);
        return true;
    }

    private static bool TryGroup(string text, out StatGroup group)
    {
        group = Groups.FirstOrDefault(one => one.Name == text).Group;
        return group != 0;
    }

    private static string Hint(string name, string value) => name switch
    {
        "from" or "to" => QueryTime.HintFor(value),
        "step" => "Give seconds, or a length such as 30s, 5m or 1h.",
        "by" => "Give none, model, leg or tenant.",
        _ => "There is no such parameter. There are: from, to, step, by.",
    };
}
