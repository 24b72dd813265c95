namespace Orchestrator.Emulator.Settings;

/// <summary>The faults that were put on models over the control endpoint.</summary>
internal sealed class FaultTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (FaultDocument Document, int? Left)> _byModel = new(StringComparer.Ordinal);

    /// <summary>Replaces what was put on the model. <c>*</c> stands for every model that has nothing of its own.</summary>
    public void Put(string model, FaultDocument document)
    {
        lock (_gate)
        {
            _byModel[model] = (document, document.Times);
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _byModel.Clear();
        }
    }

    /// <summary>The keys for one dispatch: the name as sent wins over its slug, the slug over <c>*</c>. Uses up one of <c>times</c>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Take(ModelName model)
    {
        lock (_gate)
        {
            foreach (var name in (ReadOnlySpan<string>)[model.AsSent, model.Slug, "*"])
            {
                if (!_byModel.TryGetValue(name, out var entry))
                {
                    continue;
                }

                if (entry.Left is 1)
                {
                    _byModel.Remove(name);
                }
                else
                {
                    _byModel[name] = (entry.Document, entry.Left - 1);
                }

                return entry.Document.Keys;
            }
        }

        return [];
    }
}
