using System.Globalization;

namespace Orchestrator.Journals.Tests.Golden;

/// <summary>Bytes that were written once and must be read for ever: two hex digits each, with what they mean behind a <c>#</c>.</summary>
internal static class GoldenBytes
{
    public static byte[] Read(string name)
    {
        var bytes = new List<byte>();
        foreach (var line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name)))
        {
            foreach (var digits in line.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                bytes.Add(byte.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
            }
        }

        return [.. bytes];
    }
}
