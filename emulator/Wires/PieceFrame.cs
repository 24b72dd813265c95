namespace Orchestrator.Emulator.Wires;

/// <summary>
/// The JSON around a piece of text: <c>Before</c> text <c>After</c>, and where the wire has a field for padding
/// <c>Before</c> text <c>After</c> padding <c>AfterPadding</c>.
/// </summary>
/// <param name="Before">Up to the inside of the text's string.</param>
/// <param name="After">From the quote that ends it.</param>
/// <param name="AfterPadding">From the quote that ends the padding; null when there is none.</param>
/// <param name="AlwaysPadded">Padded to some length even when no event size is asked for.</param>
internal sealed record PieceFrame(string Before, string After, string? AfterPadding = null, bool AlwaysPadded = false);
