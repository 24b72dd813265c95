using System.Globalization;

namespace Orchestrator.Journals.AzureBlobs.Files;

/// <summary>What the name of a chunk's blob tells.</summary>
internal sealed record ChunkName(string Name, long FirstNumber, int Count, long? CheckpointSeq)
{
    public long LastNumber => FirstNumber + Count - 1;

    public static ChunkName Parse(string name)
    {
        var parts = name[(name.LastIndexOf('/') + 1)..].Split('.');
        return new ChunkName(
            name,
            long.Parse(parts[0], CultureInfo.InvariantCulture),
            int.Parse(parts[1], CultureInfo.InvariantCulture),
            parts[2] == "-" ? null : long.Parse(parts[2], CultureInfo.InvariantCulture));
    }
}
