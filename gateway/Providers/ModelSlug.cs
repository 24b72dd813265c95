using System.Diagnostics.CodeAnalysis;

namespace Orchestrator.Gateway;

/// <summary>
/// A model's name: <c>provider/model</c>, split at the first slash, or <c>@cf/…</c> for Workers AI. Aliases of providers are resolved.
/// The provider need not be in the registry: new ones appear at the gateway first.
/// </summary>
public sealed record ModelSlug
{
    /// <summary>What <see cref="Provider"/> says for a Workers AI model.</summary>
    public const string WorkersAi = "workers-ai";

    private const string WorkersAiPrefix = "@cf/";
    private const int MaxChars = 256;

    private ModelSlug(string provider, string model, ProviderInfo? info) => (Provider, Model, Info) = (provider, model, info);

    /// <summary>The canonical slug of the provider.</summary>
    public string Provider { get; }

    /// <summary>What follows the provider, further slashes included; the whole name for Workers AI.</summary>
    public string Model { get; }

    /// <summary>Null for Workers AI and for a provider that the registry does not have.</summary>
    public ProviderInfo? Info { get; }

    public bool IsWorkersAi => Provider == WorkersAi && Info is null && Model.StartsWith(WorkersAiPrefix, StringComparison.Ordinal);

    /// <summary><c>ai-search/{name}</c>: not a model, but an AI Search by its name.</summary>
    public bool IsAiSearch => Provider == ModelTasks.AiSearchProvider && Info is null;

    /// <summary>What the run path answers for the model.</summary>
    public WireFormat RunWire => IsWorkersAi ? WireFormat.WorkersAi : Info?.RunWire ?? WireFormat.Unknown;

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ModelSlug? slug)
    {
        slug = null;
        if (text is null || text.Length > MaxChars || text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)))
        {
            return false;
        }

        if (text.StartsWith('@'))
        {
            slug = text.StartsWith(WorkersAiPrefix, StringComparison.Ordinal) && text.Length > WorkersAiPrefix.Length
                ? new ModelSlug(WorkersAi, text, info: null)
                : null;
            return slug is not null;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash <= 0 || slash == text.Length - 1)
        {
            return false;
        }

        var provider = text[..slash];
        var info = ProviderRegistry.Find(provider);
        slug = new ModelSlug(info?.Slug ?? provider, text[(slash + 1)..], info);
        return true;
    }

    /// <summary>The canonical name, as it is dispatched.</summary>
    public override string ToString() => IsWorkersAi ? Model : $"{Provider}/{Model}";
}
