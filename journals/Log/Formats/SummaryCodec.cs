using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>
/// A run's row of the directory as bytes: version (1 byte, 2), run id (16 bytes), status (1 byte), then as varints and as UTF-8 with a
/// varint length before it, in the order of <see cref="Encode"/>. An optional value has a byte before it: 0 absent, 1 present.
/// From version 2 on, <see cref="SummaryExtras"/> follow; version 1 ends before them.
/// </summary>
internal static class SummaryCodec
{
    private const byte Version = 2;

    public static byte[] Encode(RunSummary summary)
    {
        var writer = new FieldWriter();
        writer.WriteByte(Version);
        writer.WriteRun(summary.Id);
        writer.WriteByte((byte)summary.Status);
        writer.WriteText(summary.Tenant);
        writer.WriteText(summary.Model);
        writer.WriteText(summary.Task);
        writer.WriteNumber(summary.Metadata.Count);
        foreach (var (key, value) in summary.Metadata)
        {
            writer.WriteText(key);
            writer.WriteText(value);
        }

        writer.WriteText(summary.MetadataJson);
        writer.WriteNumber(summary.CreatedAt);
        writer.WriteOptionalNumber(summary.StartedAt);
        writer.WriteOptionalNumber(summary.EndedAt);
        writer.WriteByte(summary.Incomplete ? (byte)1 : (byte)0);
        writer.WriteOptionalText(summary.IncompleteReason);
        writer.WriteOptionalText(summary.FinishReason);
        writer.WriteOptionalNumber(summary.InputTokens);
        writer.WriteOptionalNumber(summary.OutputTokens);
        writer.WriteOptionalNumber(summary.TotalTokens);
        writer.WriteOptionalText(summary.ErrorCode);
        writer.WriteOptionalText(summary.ErrorMessage);
        SummaryExtras.Write(writer, summary);
        return writer.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are no summary, or one of a newer version.</exception>
    public static RunSummary Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new FieldReader(bytes);
        var version = reader.ReadByte();
        if (version is 0 or > Version)
        {
            throw new InvalidDataException($"A run's summary has version {version}; this program reads up to {Version}: use the newer program.");
        }

        var summary = new RunSummary
        {
            Id = reader.ReadRun(),
            Status = (RunStatus)reader.ReadByte(),
            Tenant = reader.ReadText(),
            Model = reader.ReadText(),
            Task = reader.ReadText(),
            Metadata = ReadMetadata(ref reader),
            MetadataJson = reader.ReadText(),
            CreatedAt = reader.ReadNumber(),
            StartedAt = reader.ReadOptionalNumber(),
            EndedAt = reader.ReadOptionalNumber(),
            Incomplete = reader.ReadByte() != 0,
            IncompleteReason = reader.ReadOptionalText(),
            FinishReason = reader.ReadOptionalText(),
            InputTokens = reader.ReadOptionalNumber(),
            OutputTokens = reader.ReadOptionalNumber(),
            TotalTokens = reader.ReadOptionalNumber(),
            ErrorCode = reader.ReadOptionalText(),
            ErrorMessage = reader.ReadOptionalText(),
        };
        return version == 1 ? summary : SummaryExtras.Read(ref reader, summary);
    }

    private static Dictionary<string, string> ReadMetadata(ref FieldReader reader)
    {
        var count = reader.ReadNumber();
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var key = reader.ReadText();
            metadata[key] = reader.ReadText();
        }

        return metadata;
    }
}
