using System.Runtime.InteropServices;

namespace Orchestrator.Gateway;

/// <summary>A piece of output in an event.</summary>
/// <param name="Kind">What it adds to.</param>
/// <param name="Start">
/// Where its text begins in <see cref="ChunkReading.Data"/>. The text is the escaped content of a JSON string without the quotes: it can be
/// copied into another JSON string as it is. The arguments of a tool call likewise, whatever form they came in.
/// </param>
/// <param name="Length">The length of the text in bytes; 0 for a tool call that is only named.</param>
/// <param name="Index">Which tool call; on the Anthropic wire the index of its content block. 0 for the other kinds.</param>
/// <param name="ToolId">The call's id, where this delta brings it.</param>
/// <param name="ToolName">The tool's name, where this delta brings it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Delta(DeltaKind Kind, int Start, int Length, int Index, string? ToolId, string? ToolName);
