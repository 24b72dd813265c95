using System.Globalization;
using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Wires;

/// <summary>The one tool call that is made when asked for, with its arguments in the fragments they are streamed in.</summary>
internal sealed record ToolCall(string Id, IReadOnlyList<string> Fragments)
{
    public const string Name = "lookup";
    public const int Tokens = 12;

    private const ulong ToolKey = 0x7001;

    /// <summary>A JSON object.</summary>
    public string Arguments => string.Concat(Fragments);

    public static ToolCall From(ulong key)
    {
        var own = Mix.Of(key, ToolKey);
        var number = (own % 90) + 10;
        return new(
            own.ToString("x16", CultureInfo.InvariantCulture),
            ["{\"query\":", "\"caf\u00e9 \\\"", string.Create(CultureInfo.InvariantCulture, $"{number}\\\"\","), "\"limit\":5}"]);
    }
}
