using System.Text;

namespace Orchestrator.Gateway.Tests.Wires;

public sealed class DocumentWireTests
{
    private readonly ChunkReading _reading = new();

    [Theory]
    [InlineData("""{"response":[{"id":1,"score":0.9}]}""")]
    [InlineData("""{"text":"Hello","choices":[{"message":{"content":"no"}}]}""")]
    [InlineData("""[{"label":"POSITIVE","score":0.9}]""")]
    [InlineData("7")]
    public void A_result_is_no_text(string json)
    {
        Read(json);

        Assert.True(_reading.Terminal);
        Assert.Null(_reading.Error);
        Assert.True(_reading.Deltas.IsEmpty);
    }

    [Theory]
    [InlineData("""{"errors":[{"code":3040,"message":"Capacity temporarily exceeded"}],"success":false}""", true)]
    [InlineData("""{"error":{"message":"no"}}""", true)]
    [InlineData("""{"data":[],"errors":[],"error":null}""", false)]
    public void A_failure_that_it_tells_of_is_one(string json, bool failed)
    {
        Read(json);

        Assert.Equal(failed, _reading.Error is not null);
        Assert.Equal(!failed, _reading.Terminal);
    }

    [Fact]
    public void Its_usage_is_read()
    {
        Read("""{"data":[[1]],"usage":{"prompt_tokens":4,"total_tokens":4}}""");

        Assert.Equal((4, 4), (_reading.Usage.Input, _reading.Usage.Total));
    }

    [Theory]
    [InlineData("[1,")]
    [InlineData("{} {}")]
    [InlineData("")]
    [InlineData("\u0089PNG")]
    public void What_is_no_JSON_is_malformed(string text)
    {
        Read(text);

        Assert.True(_reading.Malformed);
        Assert.False(_reading.Terminal);
    }

    private void Read(string json) => WireReader.ReadDocument(WireFormat.Document, Encoding.UTF8.GetBytes(json), _reading);
}
