using System.Text;

namespace Orchestrator.Gateway.Tests.Sse;

/// <summary>Byte sequences that a reader gets wrong first.</summary>
internal static class SseCorpus
{
    public const string Mark = "\uFEFF";

    private static readonly Dictionary<string, string> Streams = new(StringComparer.Ordinal)
    {
        ["empty"] = "",
        ["LF"] = "data: a\n\ndata: b\n\n",
        ["CRLF"] = "data: a\r\n\r\ndata: b\r\n\r\n",
        ["CR"] = "data: a\r\rdata: b\r\r",
        ["LF then CRLF"] = "data: a\n\r\ndata: b\n\r\n",
        ["CRLF then LF"] = "data: a\r\n\ndata: b\r\n\n",
        ["CR then LF pairs"] = "data: a\r\n\rdata: b\r\r\ndata: c\n\rdata: d\r\r",
        ["CR, CRLF at the end"] = "data: a\r\r\n",
        ["fields on several lines"] = "id: 1\nevent: x\ndata: a\ndata: b\n\nid: 2\r\nevent: y\r\ndata: c\r\n\r\n",
        ["mark"] = Mark + "data: a\n\ndata: b\n\n",
        ["mark alone"] = Mark,
        ["mark and comment"] = Mark + ": hello\n\ndata: a\n\n",
        ["mark twice: the second one is part of a field's name"] = Mark + Mark + "data: a\n\n",
        ["mark later on"] = "data: a\n\n" + Mark + "data: b\n\n",
        ["comments between"] = ": ping\n\ndata: a\n\n: ping\n\n: pong\r\n\r\ndata: b\n\n:\n\n",
        ["comments inside"] = ": first\ndata: a\n: middle\ndata: b\n: last\n\n",
        ["comments only"] = ": a\n: b\n\n:\r\r: c\r\n\r\n",
        ["blank blocks"] = "\n\n\ndata: a\n\n\n\n\r\n\r\n\r\rdata: b\n\n\n",
        ["blank lines before the first"] = "\r\n\r\n\rdata: a\n\n",
        ["UTF-8"] = "data: ä€😀\n\ndata: 日本語\r\n\r\nevent: 名\ndata: \u2028\n\n",
        ["id only, retry only, unknown field"] = "id: 7\n\nretry: 100\n\nfoo\n\nfoo: bar\n\n",
        ["no colon, no value, no space"] = "data\n\ndata:\n\ndata:a\n\n",
        ["space before a field"] = " data: a\n\n",
        ["colon inside"] = "data: {\"a\":\": b\"}\n\n",
        ["NUL"] = "data: a\0b\n\n\0\n\n",
        ["unterminated"] = "data: a\n\ndata: b",
        ["unterminated after the line's end"] = "data: a\n\ndata: b\n",
        ["unterminated after CR"] = "data: a\r\rdata: b\r",
        ["unterminated after CRLF"] = "data: a\r\n\r\ndata: b\r\n",
        ["unterminated comment"] = "data: a\n\n: ping",
        ["chat"] = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hel\"}}]}\n\n"
            + "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"lo ✓\"}}]}\n\n: keep-alive\n\ndata: [DONE]\n\n",
        ["messages"] = "event: message_start\ndata: {\"type\":\"message_start\"}\n\nevent: ping\ndata: {\"type\":\"ping\"}\n\n"
            + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n",
    };

    public static TheoryData<string> Names => [.. Streams.Keys];

    public static byte[] Bytes(string name) => Encoding.UTF8.GetBytes(Streams[name]);

    public static IEnumerable<byte[]> All => Streams.Keys.Select(Bytes);
}
