using System.Collections.Concurrent;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Turns;

/// <summary>Turns for one process that has the account to itself.</summary>
public sealed class LocalTurns(LimitOptions options, TimeProvider clock) : ITurns
{
    /// <summary>Model names come from callers: past this many, those of which nothing is to be remembered go.</summary>
    private const int MaxLines = 4_096;

    private readonly ConcurrentDictionary<(string Model, string Task), ModelLine> _lines = new();
    private readonly NeuronBudget _budget = new(options.NeuronsPerDay);

    public ValueTask<TurnAnswer> AskAsync(TurnRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new(LineOf(request).Ask(request));
    }

    public IPlaceInLine Enter(TurnRequest request, CancellationToken leave)
    {
        ArgumentNullException.ThrowIfNull(request);
        return LineOf(request).Enter(request, leave);
    }

    /// <summary>
    /// Of runs that were submitted since then a start wants to know the requests, Unix milliseconds: those of the day where there is a budget,
    /// and of the day before, for what spans midnight; otherwise those that may still be in a window.
    /// </summary>
    public long RemembersFrom
    {
        get
        {
            var now = clock.GetUtcNow().ToUnixTimeMilliseconds();
            var longest = options.Models.Select(static limit => limit.WindowSeconds).Append(60).Max();
            return options.NeuronsPerDay > 0 ? NeuronBudget.DayOf(NeuronBudget.DayOf(now) - 1) : now - (long)(longest * 2_000);
        }
    }

    /// <summary>
    /// Takes into account what another process sent before this one was there, so that a start gives neither the day's neurons nor the
    /// requests of a window anew. To be called once, before any turn is taken.
    /// </summary>
    public void Restore(IEnumerable<PastRequest> requests)
    {
        ArgumentNullException.ThrowIfNull(requests);
        foreach (var line in requests.GroupBy(static request => (request.Model, request.Task)))
        {
            if (HasLimits(line.Key.Model))
            {
                LineOf(line.Key.Model, line.Key.Task).Restore([.. line.OrderBy(static request => request.SentAt)]);
            }
        }
    }

    /// <summary>Whether requests to the model are counted here.</summary>
    public bool HasLimits(string model) =>
        (ModelSlug.TryParse(model, out var slug) && slug.IsWorkersAi) || ModelNames.Find(options.Models, static limit => limit.Model, model) is not null;

    private ModelLine LineOf(TurnRequest request) => LineOf(request.Model, request.Task);

    private ModelLine LineOf(string name, string task)
    {
        var model = ModelSlug.TryParse(name, out var slug) ? slug.ToString() : name;
        if (_lines.TryGetValue((model, task), out var known))
        {
            return known;
        }

        if (_lines.Count >= MaxLines)
        {
            Prune();
        }

        var isWorkersAi = slug?.IsWorkersAi == true;
        return _lines.GetOrAdd((model, task), key => Make(key.Model, key.Task, isWorkersAi));
    }

    /// <summary>Of the day, by models that cost neurons.</summary>
    public NeuronsSpent Spent => _budget.Spent;

    /// <summary>Goes on from what an earlier count has spent of the day.</summary>
    public void TakeUp(NeuronsSpent earlier) => _budget.TakeUp(earlier, clock.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>
    /// A turn of an earlier count, which goes on here: it has its place in the window. Earlier ones first, and before any is asked for.
    /// </summary>
    /// <param name="request">Whose it is.</param>
    /// <param name="takenAt">Unix milliseconds.</param>
    /// <param name="answeredAt">Unix milliseconds; 0 where there is no answer.</param>
    /// <param name="isOpen">Its attempt goes on: its neurons are reserved. Otherwise what it spent is in the budget.</param>
    public ITurn TakeUp(TurnRequest request, long takenAt, long answeredAt, bool isOpen)
    {
        ArgumentNullException.ThrowIfNull(request);
        return LineOf(request).TakeUp(takenAt, answeredAt, isOpen);
    }

    private ModelLine Make(string model, string task, bool isWorkersAi)
    {
        var neurons = isWorkersAi ? new ModelNeurons(_budget, Price(model), options.OverBudget, Freed) : null;
        return new ModelLine(model, Window(model, task, isWorkersAi), neurons, clock);
    }

    private RequestWindow? Window(string model, string task, bool isWorkersAi)
    {
        if (ModelNames.Find(options.Models, static limit => limit.Model, model) is { } own)
        {
            return own.Requests > 0 ? new RequestWindow(own.Requests, (long)Math.Ceiling(Math.Round(own.WindowSeconds * 1000, 3))) : null;
        }

        return isWorkersAi && options.RequestsPerMinute.GetValueOrDefault(task) is > 0 and var requests ? new RequestWindow(requests, 60_000) : null;
    }

    private NeuronPrice Price(string model) =>
        ModelNames.Find(options.Prices, static price => price.Model, model)
        ?? ModelNames.Find(NeuronPrices.Known, static price => price.Model, model)!;

    private void Freed()
    {
        foreach (var (_, line) in _lines)
        {
            line.Serve();
        }
    }

    private void Prune()
    {
        foreach (var (key, line) in _lines)
        {
            if (line.IsIdle && _lines.TryRemove(key, out _))
            {
                line.Dispose();
            }
        }
    }
}
