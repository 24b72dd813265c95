namespace Orchestrator.Engine.Runs;

/// <summary>The models' inputs: UTF-8 JSON objects, byte for byte as they were submitted.</summary>
/// <param name="Default">For every model that has none of its own.</param>
/// <param name="ByModel">From <c>fallback.inputs</c>.</param>
public sealed record RunInputs(ReadOnlyMemory<byte> Default, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> ByModel)
{
    public static readonly IReadOnlyDictionary<string, ReadOnlyMemory<byte>> None =
        new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);

    public ReadOnlyMemory<byte> For(string model) => ByModel.TryGetValue(model, out var own) ? own : Default;

    /// <summary>Of the models that the gateway itself falls back to, in their order.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> OfServerFallbacks(RunSpec spec) =>
        spec.HasServerFallback ? [.. spec.Fallback!.Models.Select(For)] : [];
}
