namespace Orchestrator.Gateway.Tests;

/// <summary>
/// An answer in the shape that a provider documents, and what it adds up to: <c>Fixtures/{wire}/{name}.sse</c> (a stream) or <c>.json</c>
/// (a document), with <c>{name}.expected</c> beside it.
/// </summary>
internal sealed record Fixture(WireFormat Wire, bool IsStream, byte[] Bytes, string Expected)
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static TheoryData<string> Names => [.. All()];

    public static TheoryData<string> Streams => [.. All().Where(static name => name.EndsWith(".sse", StringComparison.Ordinal))];

    /// <param name="name">As in <see cref="Names"/>: folder and file.</param>
    public static Fixture Read(string name)
    {
        var path = Path.Combine(Root, name);
        return new Fixture(
            WireOf(name.Split('/')[0]),
            name.EndsWith(".sse", StringComparison.Ordinal),
            File.ReadAllBytes(path),
            File.ReadAllText(Path.ChangeExtension(path, ".expected")));
    }

    private static IEnumerable<string> All() => Directory
        .EnumerateFiles(Root, "*", SearchOption.AllDirectories)
        .Where(static path => Path.GetExtension(path) is ".sse" or ".json")
        .Select(static path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
        .Order(StringComparer.Ordinal);

    private static WireFormat WireOf(string folder) => folder switch
    {
        "openai" => WireFormat.OpenAi,
        "openai-responses" => WireFormat.OpenAiResponses,
        "anthropic" => WireFormat.Anthropic,
        "google" => WireFormat.Google,
        "workers-ai" => WireFormat.WorkersAi,
        _ => throw new ArgumentOutOfRangeException(nameof(folder), folder, "No wire has this folder."),
    };
}
