using System.Text;

namespace Orchestrator.Gateway.Tests.Wires;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain ä€😀", "plain ä€😀")]
    [InlineData("\\n\\r\\t\\b\\f\\\"\\\\\\/", "\n\r\t\b\f\"\\/")]
    [InlineData("\\u00e4\\u20AC", "ä€")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("a\\\\u0041", "a\\u0041")]
    [InlineData("\\x", "\\x")]
    [InlineData("\\", "\\")]
    [InlineData("a\\u12", "a\\u12")]
    [InlineData("\\u12g4", "\\u12g4")]
    [InlineData("\\u+123", "\\u+123")]
    [InlineData("\\u0000", "\0")]
    public void Escapes_are_resolved_and_what_is_none_is_kept(string escaped, string text) =>
        Assert.Equal(text, JsonText.Unescape(Encoding.UTF8.GetBytes(escaped)));

    [Fact]
    public void A_lone_surrogate_is_kept()
    {
        Assert.Equal("\ud83d", JsonText.Unescape("\\ud83d"u8));
        Assert.Equal("a\ude00b", JsonText.Unescape("a\\ude00b"u8));
    }

    [Fact]
    public void A_pair_split_over_two_deltas_joins()
    {
        var text = new StringBuilder();
        foreach (var content in new[] { "Hi \\ud83d", "\\ude00!" })
        {
            var reading = Reading.Data(WireFormat.OpenAi, $"{{\"choices\":[{{\"delta\":{{\"content\":\"{content}\"}}}}]}}");
            Assert.False(reading.Malformed);
            JsonText.Unescape(reading.EscapedText(reading.Deltas[0]), text);
        }

        Assert.Equal("Hi 😀!", text.ToString());
    }

    [Fact]
    public void Long_texts_are_decoded_over_the_edges_of_the_buffer()
    {
        var text = string.Concat(Enumerable.Repeat("aä€😀", 2_000));
        for (var pad = 0; pad < 8; pad++)
        {
            var padded = new string('x', pad) + text;
            Assert.Equal(padded + "\n" + padded, JsonText.Unescape(Encoding.UTF8.GetBytes(padded + "\\n" + padded)));
        }
    }

    [Fact]
    public void Bytes_that_are_not_UTF8_are_replaced() => Assert.Equal("a\uFFFDb\n", JsonText.Unescape([(byte)'a', 0xFF, (byte)'b', (byte)'\\', (byte)'n']));
}
