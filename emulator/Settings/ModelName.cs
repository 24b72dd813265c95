namespace Orchestrator.Emulator.Settings;

/// <summary>A model as callers write it: the slug, then <c>~key=value</c> for each setting of this run.</summary>
internal sealed record ModelName(string AsSent, string Slug, IReadOnlyList<KeyValuePair<string, string>> Keys)
{
    /// <summary>Whether it is one of Workers AI's own models, which are never resumable.</summary>
    public bool IsWorkersAi => Slug.StartsWith("@cf/", StringComparison.Ordinal);

    /// <summary>The part before the first slash.</summary>
    public string Provider => Slug.Split('/', 2)[0];

    /// <summary>The model's name at its provider, as answers carry it.</summary>
    public string NameAtProvider => IsWorkersAi || !Slug.Contains('/', StringComparison.Ordinal) ? Slug : Slug.Split('/', 2)[1];

    public static ModelName Parse(string text)
    {
        var parts = text.Split('~');
        var keys = parts.Skip(1).Select(static part =>
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            return at < 0 ? KeyValuePair.Create(part, "") : KeyValuePair.Create(part[..at], part[(at + 1)..]);
        });
        return new(text, parts[0], [.. keys]);
    }
}
