using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Runs;

/// <summary>Reads the query of the list. All conditions must hold.</summary>
internal sealed class ListQuery
{
    private const string MetadataPrefix = "metadata.";
    public const int MaxErrorChars = 200;
    private readonly List<ProblemError> _problems = [];
    private readonly Dictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly ApiOptions _options;
    private readonly bool _isOpen;
    private List<RunStatus> _statuses = [];
    private string? _model;
    private string _tenant;
    private long? _from;
    private long? _to;
    private string? _error;
    private int _limit;
    private RunId? _before;

    private ListQuery(string tenant, ApiOptions options)
    {
        _tenant = tenant;

        // Nobody has a tenant where there are no keys, and whoever may call may look at what there was of each.
        _isOpen = tenant.Length == 0;
        _options = options;
        _limit = options.DefaultListLimit;
    }

    /// <returns>Either a query or a problem.</returns>
    public static (RunQuery? Query, Problem? Problem) Read(QueryString parameters, string tenant, ApiOptions options)
    {
        // Not the request's own collection: that one takes keys of metadata for the same that differ in case.
        var values = new OrderedDictionary<string, StringValues>(StringComparer.Ordinal);
        foreach (var parameter in new QueryStringEnumerable(parameters.Value))
        {
            var name = parameter.DecodeName().ToString();
            values[name] = StringValues.Concat(values.GetValueOrDefault(name), parameter.DecodeValue().ToString());
        }

        var query = new ListQuery(tenant, options);
        foreach (var (name, given) in values)
        {
            query.Read(name, given);
        }

        return query._problems.Count > 0 ? (null, KnownProblems.Invalid(query._problems)) : (query.Build(), null);
    }

    private RunQuery Build() => new()
    {
        Tenant = _tenant,
        Statuses = _statuses,
        Model = _model,
        Metadata = _metadata,
        From = _from,
        To = _to,
        Error = _error,
        Limit = _limit,
        Before = _before,
    };

    private void Read(string name, StringValues values)
    {
        if (MetadataKey(name) is { } key)
        {
            // The two ways to write it are one condition.
            _metadata[key] = Single(name, _metadata.TryGetValue(key, out var other) ? StringValues.Concat(values, other) : values) ?? "";
            return;
        }

        switch (name)
        {
            case "status":
                ReadStatuses(values);
                break;
            case "model":
                _model = Single(name, values);
                break;
            case "tenant":
                ReadTenant(Single(name, values));
                break;
            case "from":
                _from = ReadTime(name, Single(name, values));
                break;
            case "to":
                _to = ReadTime(name, Single(name, values));
                break;
            case "error":
                ReadError(Single(name, values));
                break;
            case "limit":
                ReadLimit(Single(name, values));
                break;
            case "cursor":
                ReadCursor(Single(name, values));
                break;
            default:
                Problem(name, "There is no such parameter. There are: status, model, tenant, metadata.<key>, from, to, error, limit, cursor.");
                break;
        }
    }

    /// <summary>Of <c>metadata.key</c>, and of <c>metadata[key]</c>, as clients write it that are generated from the document.</summary>
    private static string? MetadataKey(string name) => name switch
    {
        _ when name.StartsWith(MetadataPrefix, StringComparison.Ordinal) && name.Length > MetadataPrefix.Length => name[MetadataPrefix.Length..],
        ['m', 'e', 't', 'a', 'd', 'a', 't', 'a', '[', .. { Length: > 0 } key, ']'] => key,
        _ => null,
    };

    private void ReadStatuses(StringValues values)
    {
        var statuses = new HashSet<RunStatus>();
        foreach (var text in values.SelectMany(static value => (value ?? "").Split(',')))
        {
            if (RunStatusExtensions.TryParse(text, out var status))
            {
                statuses.Add(status);
            }
            else
            {
                Problem("status", $"'{JsonPointer.Shown(text)}' is no status: give queued, running, completed, failed or cancelled.");
            }
        }

        _statuses = [.. statuses];
    }

    private void ReadTenant(string? tenant)
    {
        if (tenant is not null && tenant != _tenant && !_isOpen)
        {
            Problem("tenant", "A key lists the runs of its own tenant: leave it out, or use a key of that tenant.");
        }

        _tenant = tenant ?? _tenant;
    }

    private long? ReadTime(string name, string? text)
    {
        if (text is null)
        {
            return null;
        }

        if (QueryTime.TryParse(text, out var time))
        {
            return time;
        }

        Problem(name, QueryTime.HintFor(text));
        return null;
    }

    private void ReadError(string? text)
    {
        if (text is { Length: 0 or > MaxErrorChars })
        {
            Problem("error", $"Give 1 to {MaxErrorChars} characters of the error's code or message.");
        }

        _error = text;
    }

    private void ReadLimit(string? text)
    {
        if (text is null)
        {
            return;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out _limit) || _limit < 1 || _limit > _options.MaxListLimit)
        {
            Problem("limit", string.Create(CultureInfo.InvariantCulture, $"Give a whole number from 1 to {_options.MaxListLimit}."));
        }
    }

    private void ReadCursor(string? text)
    {
        if (text is null)
        {
            return;
        }

        if (ListCursor.TryParse(text, out var before))
        {
            _before = before;
        }
        else
        {
            Problem("cursor", "This is no cursor: give the next of the page before, as it was.");
        }
    }

    private string? Single(string name, StringValues values)
    {
        if (values is [{ } value])
        {
            return value;
        }

        Problem(name, "It is there more than once: give one value.");
        return null;
    }

    private void Problem(string name, string message) =>
        _problems.Add(new ProblemError(ProblemPlace.Parameter, JsonPointer.Shown(name), message));
}
