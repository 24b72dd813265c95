using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Emulator.Tasks;

/// <summary>Writes sound files that players play: MP3 of silence, and WAV of a tone.</summary>
internal static class Sound
{
    public const string Mp3Type = "audio/mpeg";
    public const string WavType = "audio/wav";

    // MPEG 1 layer III, 64 kbit/s, 44.1 kHz, one channel. A frame whose side information is all zero is silent.
    private const int FrameBytes = 208;
    private const double FrameSeconds = 1152 / 44_100.0;
    private const int WavRate = 16_000;

    private static readonly byte[] FrameHeader = [0xFF, 0xFB, 0x50, 0xC4];

    /// <summary>Silence with a title.</summary>
    public static byte[] Mp3(string title, double seconds)
    {
        var frames = Math.Max(1, (int)Math.Ceiling(seconds / FrameSeconds));
        var tag = Id3(title);
        var file = new byte[tag.Length + (frames * FrameBytes)];
        tag.CopyTo(file, 0);
        for (var i = 0; i < frames; i++)
        {
            FrameHeader.CopyTo(file, tag.Length + (i * FrameBytes));
        }

        return file;
    }

    /// <summary>A tone, 16 bits, one channel.</summary>
    public static byte[] Wav(double hertz, double seconds)
    {
        const int Header = 44;
        const int Amplitude = 8_000;
        var samples = Math.Max(1, (int)(seconds * WavRate));
        var file = new byte[Header + (samples * 2)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), 1);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), WavRate);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), WavRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), samples * 2);
        for (var i = 0; i < samples; i++)
        {
            var sample = (short)(Amplitude * Math.Sin(2 * Math.PI * hertz * i / WavRate));
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(Header + (i * 2)), sample);
        }

        return file;
    }

    /// <summary>An ID3v2.4 tag with a title in UTF-8. Its lengths have seven bits a byte.</summary>
    private static byte[] Id3(string title)
    {
        const byte Utf8 = 3;
        byte[] text = [Utf8, .. Encoding.UTF8.GetBytes(title)];
        byte[] frame = [.. "TIT2"u8, .. SevenBits(text.Length), 0, 0, .. text];
        return [.. "ID3"u8, 4, 0, 0, .. SevenBits(frame.Length), .. frame];
    }

    private static byte[] SevenBits(int number) =>
        [(byte)(number >> 21 & 0x7F), (byte)(number >> 14 & 0x7F), (byte)(number >> 7 & 0x7F), (byte)(number & 0x7F)];
}
