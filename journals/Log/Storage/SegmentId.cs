using System.Globalization;

namespace Orchestrator.Journals.Storage;

/// <param name="Writer">Whose segment it is: only this writer appends to it.</param>
/// <param name="Sequence">Rises with each segment of the writer, from 1.</param>
internal readonly record struct SegmentId(WriterId Writer, int Sequence)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Writer}/{Sequence}");
}
