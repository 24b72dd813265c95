using System.Globalization;
using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Runs;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Operating;

/// <summary>Makes a request for many runs of a body, or a list of everything that is wrong with it. Pure.</summary>
internal sealed class BulkParser
{
    public const int MaxRuns = 1000;
    public static readonly IReadOnlyList<string> Fields = ["ids", "filter", "cursor", "dryRun"];
    public static readonly IReadOnlyList<string> FilterFields = ["status", "model", "tenant", "metadata", "from", "to", "error"];
    private const int MaxChars = 1024;
    private const int MaxMetadata = 64;

    private readonly ProblemList _problems = new();
    private readonly string _tenant;

    private BulkParser(string tenant) => _tenant = tenant;

    /// <returns>Either a request or a problem.</returns>
    public static (BulkRequest? Request, Problem? Problem) Parse(ReadOnlyMemory<byte> body, int maxDepth, string tenant)
    {
        var parser = new BulkParser(tenant);
        using var document = JsonBody.TryParse(body, maxDepth, parser._problems);
        var request = document is not null && JsonFields.Of(document.RootElement, "", Fields, parser._problems) is { } fields
            ? parser.Read(fields)
            : null;
        return parser._problems.IsEmpty ? (request, null) : (null, parser._problems.ToProblem());
    }

    private BulkRequest Read(JsonFields fields)
    {
        var (hasIds, hasFilter) = (fields.TryGet("ids", out _), fields.TryGet("filter", out _));
        if (hasIds == hasFilter)
        {
            _problems.Add("", "Give either ids, a list of runs, or filter; an empty filter, {}, means all runs.");
        }

        var before = ReadCursor(fields, hasFilter);
        var filter = hasFilter && ReadFilter(fields) is { } asked ? asked with { Before = before } : null;
        return new BulkRequest(hasIds ? ReadIds(fields) : null, filter, fields.Flag("dryRun") ?? false);
    }

    private RunId? ReadCursor(JsonFields fields, bool hasFilter)
    {
        if (fields.Text("cursor", MaxChars) is not { } text)
        {
            return null;
        }

        if (!hasFilter)
        {
            fields.Problem("cursor", "It goes on with a filter: leave it out where there is none.");
        }
        else if (ListCursor.TryParse(text, out var before))
        {
            return before;
        }
        else
        {
            fields.Problem("cursor", "This is no cursor: give the next of the answer before, as it was.");
        }

        return null;
    }

    private List<string> ReadIds(JsonFields fields)
    {
        var ids = new List<string>();
        foreach (var (index, item) in fields.Items("ids").Index())
        {
            if (item.ValueKind == JsonValueKind.String)
            {
                ids.Add(JsonPointer.Shown(item.GetString()!));
            }
            else
            {
                fields.Problem("ids", JsonPointer.Append("", index), $"Give ids of runs, not {JsonKinds.Name(item)}.");
            }
        }

        if (ids.Count > MaxRuns)
        {
            fields.Problem("ids", string.Create(CultureInfo.InvariantCulture, $"At most {MaxRuns} at a time, these are {ids.Count}."));
        }

        return [.. ids.Distinct(StringComparer.Ordinal)];
    }

    private RunQuery? ReadFilter(JsonFields fields)
    {
        if (fields.Object("filter", FilterFields) is not { } filter)
        {
            return null;
        }

        return new RunQuery
        {
            Tenant = ReadTenant(filter),
            Statuses = ReadStatuses(filter),
            Model = filter.Text("model", MaxChars),
            Metadata = ReadMetadata(filter),
            From = ReadTime(filter, "from"),
            To = ReadTime(filter, "to"),
            Error = filter.Text("error", ListQuery.MaxErrorChars),
            Limit = MaxRuns,
        };
    }

    private string ReadTenant(JsonFields filter)
    {
        if (filter.TryGet("tenant", out var value) && (value.ValueKind != JsonValueKind.String || !value.ValueEquals(_tenant)))
        {
            filter.Problem("tenant", "Runs are changed by callers of their own tenant only: leave it out.");
        }

        return _tenant;
    }

    private static RunStatus[] ReadStatuses(JsonFields filter)
    {
        if (!filter.TryGet("status", out var value))
        {
            return [];
        }

        var statuses = new HashSet<RunStatus>();
        var isList = value.ValueKind == JsonValueKind.Array;
        foreach (var (index, item) in (isList ? [.. value.EnumerateArray()] : new[] { value }).Index())
        {
            if (item.ValueKind == JsonValueKind.String && RunStatusExtensions.TryParse(item.GetString(), out var status))
            {
                statuses.Add(status);
            }
            else
            {
                filter.Problem("status", isList ? JsonPointer.Append("", index) : "", "Give one or a list of queued, running, completed, failed and cancelled.");
            }
        }

        if (isList && value.GetArrayLength() == 0)
        {
            filter.Problem("status", "The list is empty: leave it out for all.");
        }

        return [.. statuses];
    }

    private Dictionary<string, string> ReadMetadata(JsonFields filter)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in ScalarMap.Read(filter, "metadata", MaxMetadata, _problems)?.AsEnumerable() ?? [])
        {
            pairs[name] = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
        }

        return pairs;
    }

    private static long? ReadTime(JsonFields filter, string name)
    {
        if (filter.Text(name, MaxChars) is not { } text)
        {
            return null;
        }

        if (QueryTime.TryParse(text, out var time))
        {
            return time;
        }

        filter.Problem(name, QueryTime.HintFor(text));
        return null;
    }
}
