using System.Globalization;
using Microsoft.AspNetCore.Http;
using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Journal;

/// <summary>What of a run's journal is asked for.</summary>
/// <param name="From">The number of the first entry.</param>
/// <param name="Limit">So many at most.</param>
/// <param name="Text">Only entries that have it; null for all.</param>
internal sealed record JournalQuery(long From, int Limit, string? Text)
{
    public const int DefaultLimit = 100;
    public const int MaxLimit = 500;
    private const int MaxTextChars = 200;

    /// <returns>Either a query or a problem.</returns>
    public static (JournalQuery? Query, Problem? Problem) Read(IQueryCollection parameters)
    {
        var query = new JournalQuery(1, DefaultLimit, null);
        foreach (var (name, values) in parameters)
        {
            if (values is not [{ } value])
            {
                return (null, KnownProblems.InvalidParameter(name, "It is there more than once: give one value."));
            }

            switch (name)
            {
                case "from" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var from):
                    query = query with { From = Math.Max(from, 1) };
                    break;
                case "limit" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit:
                    query = query with { Limit = limit };
                    break;
                case "q" when value.Length is > 0 and <= MaxTextChars:
                    query = query with { Text = value };
                    break;
                default:
                    return (null, KnownProblems.InvalidParameter(name, Hint(name)));
            }
        }

        return (query, null);
    }

    private static string Hint(string name) => name switch
    {
        "from" => "Give the number of an entry, from 1.",
        "limit" => $"Give a whole number from 1 to {MaxLimit}.",
        "q" => $"Give 1 to {MaxTextChars} characters to look for.",
        _ => "There is no such parameter. There are: from, limit, q.",
    };
}
