using System.Text;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Puts the tool calls of an answer together from their pieces.</summary>
internal sealed class ToolCalls
{
    private readonly SortedDictionary<int, (string? Name, StringBuilder Arguments)> _calls = [];

    public void Add(ToolCallDelta piece)
    {
        var (name, arguments) = _calls.TryGetValue(piece.Index, out var call) ? call : (null, new StringBuilder());
        arguments.Append(piece.Arguments);
        _calls[piece.Index] = (name ?? piece.Name, arguments);
    }

    public void Clear() => _calls.Clear();

    public IEnumerable<string> Lines() => _calls.Values.Select(call => $"tool call: {call.Name ?? "?"}({call.Arguments})");
}
