using System.Globalization;
using System.Text;

namespace Orchestrator.Api.Tests.Hostile;

/// <summary>A request as bytes, so that nothing puts it in order on its way.</summary>
/// <param name="Name">What is wrong with it.</param>
internal sealed record HostileRequest(string Name, string Method, string Target)
{
    private const int ChunkBytes = 1000;
    private const int ShownBytes = 600;

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    public byte[] Body { get; init; } = [];

    /// <summary>Without <c>Content-Length</c>.</summary>
    public bool Chunked { get; init; }

    /// <summary>The server gives up on it before it is a request to anything: the answer has a status and no problem.</summary>
    public bool IsNoHttp { get; init; }

    public static HostileRequest Submit(string name, byte[] body) => new(name, "POST", "/v1/runs")
    {
        Headers = [("Content-Type", "application/json")],
        Body = body,
    };

    public static HostileRequest Submit(string name, string body) => Submit(name, Encoding.UTF8.GetBytes(body));

    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        Write(bytes, string.Create(CultureInfo.InvariantCulture, $"{Method} {Target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"));
        foreach (var (name, value) in Headers)
        {
            Write(bytes, $"{name}: {value}\r\n");
        }

        if (Chunked)
        {
            Write(bytes, "Transfer-Encoding: chunked\r\n\r\n");
            foreach (var chunk in Body.Chunk(ChunkBytes))
            {
                Write(bytes, string.Create(CultureInfo.InvariantCulture, $"{chunk.Length:x}\r\n"));
                bytes.Write(chunk);
                Write(bytes, "\r\n");
            }

            Write(bytes, "0\r\n\r\n");
        }
        else
        {
            Write(bytes, Body.Length > 0 ? string.Create(CultureInfo.InvariantCulture, $"Content-Length: {Body.Length}\r\n\r\n") : "\r\n");
            bytes.Write(Body);
        }

        return bytes.ToArray();
    }

    public override string ToString() => $"{Name}\n{Encoding.UTF8.GetString(ToBytes().AsSpan(0, Math.Min(ShownBytes, ToBytes().Length)))}";

    private static void Write(MemoryStream bytes, string text) => bytes.Write(Encoding.Latin1.GetBytes(text));
}
