namespace Orchestrator.Engine.Projections;

/// <summary>Images and sounds by how their bytes begin.</summary>
internal static class MediaTypes
{
    /// <summary>The bytes that are enough to tell.</summary>
    public const int Enough = 12;

    /// <summary>Null: none of those that models answer with.</summary>
    public static string? Of(ReadOnlySpan<byte> start) => start switch
    {
        [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
        [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "image/webp",
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'A', (byte)'V', (byte)'E', ..] => "audio/wav",
        [(byte)'I', (byte)'D', (byte)'3', ..] => "audio/mpeg",
        [(byte)'O', (byte)'g', (byte)'g', (byte)'S', ..] => "audio/ogg",
        [(byte)'f', (byte)'L', (byte)'a', (byte)'C', ..] => "audio/flac",

        // Eleven bits of synchronisation: layer 0 is AAC in ADTS, the others are of MPEG audio.
        [0xFF, var next, ..] when (next & 0xF6) == 0xF0 => "audio/aac",
        [0xFF, var next, ..] when (next & 0xE0) == 0xE0 && (next & 0x06) != 0 => "audio/mpeg",
        _ => null,
    };
}
