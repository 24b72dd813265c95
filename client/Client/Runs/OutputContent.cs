using System.Text;

namespace Orchestrator.Client;

/// <summary>A finished output.</summary>
/// <param name="ContentType">As the service sent it, parameters included; <c>application/octet-stream</c> where it said nothing.</param>
/// <param name="Bytes">The bytes, owned by the caller.</param>
public sealed record OutputContent(string ContentType, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Text as an output.</summary>
    public static OutputContent OfText(string text) => new("text/plain; charset=utf-8", Encoding.UTF8.GetBytes(text));

    /// <summary>Whether the bytes are text: a <c>text/*</c> type, JSON or XML.</summary>
    public bool IsText
    {
        get
        {
            var type = ContentType.AsSpan();
            var end = type.IndexOf(';');
            type = (end < 0 ? type : type[..end]).Trim();
            return type.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
                || type.EndsWith("/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase)
                || type.EndsWith("/xml", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+xml", StringComparison.OrdinalIgnoreCase);
        }
    }

    /// <summary>The bytes as UTF-8.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes.Span);
}
