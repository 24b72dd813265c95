namespace Orchestrator.Engine.Turns;

/// <summary>Finds what is set for a model: its own name goes before the longest beginning that has a <c>*</c> behind it.</summary>
internal static class ModelNames
{
    public static T? Find<T>(IEnumerable<T> rows, Func<T, string> name, string model)
        where T : class
    {
        T? best = null;
        var length = -1;
        foreach (var row in rows)
        {
            var text = name(row);
            if (text == model)
            {
                return row;
            }

            if (text.EndsWith('*') && text.Length - 1 > length && model.AsSpan().StartsWith(text.AsSpan(0, text.Length - 1), StringComparison.Ordinal))
            {
                (best, length) = (row, text.Length - 1);
            }
        }

        return best;
    }
}
