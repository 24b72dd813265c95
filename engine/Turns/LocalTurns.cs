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

    private ModelLine LineOf(TurnRequest request)
    {
        var model = ModelSlug.TryParse(request.Model, out var slug) ? slug.ToString() : request.Model;
        if (_lines.TryGetValue((model, request.Task), out var known))
        {
            return known;
        }

        if (_lines.Count >= MaxLines)
        {
            Prune();
        }

        var isWorkersAi = slug?.IsWorkersAi == true;
        return _lines.GetOrAdd((model, request.Task), key => Make(key.Model, key.Task, isWorkersAi));
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
