using System.Text;

namespace Orchestrator.Gateway.Tests.Tasks;

public sealed class RawAudioTests
{
    private const string Audio = "\"audio\":{\"body\":\"AAEC\",\"contentType\":\"audio/wav\"}";

    [Theory]
    [InlineData("", "")]
    [InlineData("\"language\":null,\"punctuate\":true", "?punctuate=true")]
    [InlineData("\"language\":\"pt br\",\"channels\":2,\"stream\":false", "?language=pt%20br&channels=2")]
    public void What_is_beside_the_audio_is_the_query_but_for_what_is_null(string beside, string query)
    {
        var inputs = Encoding.UTF8.GetBytes($"{{{Audio}{(beside.Length == 0 ? "" : ",")}{beside}}}");

        Assert.Null(RawAudio.TryRead(inputs, out var raw));
        Assert.Equal(("audio/wav", query), (raw!.ContentType, raw.Query));
        Assert.Equal(new byte[] { 0, 1, 2 }, raw.Bytes.ToArray());
    }
}
