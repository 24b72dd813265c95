using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;

namespace Orchestrator.Engine.Tests.Projections;

/// <summary>What of a result the caller gets.</summary>
public sealed class ResultDocumentTests
{
    private static readonly byte[] Png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 1, 2, 3];
    private static readonly byte[] Jpeg = [0xFF, 0xD8, 0xFF, 0xE0, 0, 16, 0x4A, 0x46, 0x49, 0x46, 0, 1];
    private static readonly byte[] Mp3 = [0xFF, 0xFB, 0x50, 0xC4, 0, 0, 0, 0, 0, 0, 0, 0];

    public static TheoryData<string, string> OfJson() => new()
    {
        { $$"""{"image":"{{Convert.ToBase64String(Png)}}"}""", "image/png" },
        { $$"""{"seed":1,"image":"{{Convert.ToBase64String(Jpeg)}}"}""", "image/jpeg" },
        { $$"""{"image":"data:image/jpeg;base64,{{Convert.ToBase64String(Jpeg).Replace("/", "\\/", StringComparison.Ordinal)}}"}""", "image/jpeg" },
        { $$"""{"audio":"{{Convert.ToBase64String(Mp3)}}"}""", "audio/mpeg" },
        { $$$"""{"created":1,"data":[{"revised_prompt":"p","b64_json":"{{{Convert.ToBase64String(Png)}}}"}],"usage":{}}""", "image/png" },
    };

    [Theory]
    [MemberData(nameof(OfJson))]
    public void What_is_base64_in_JSON_is_bytes(string json, string type)
    {
        var document = Of("application/json; charset=utf-8", Encoding.UTF8.GetBytes(json));

        Assert.Equal(type, document.ContentType);
        Assert.Equal(12, document.Body.Length);
        Assert.Contains([Png, Jpeg, Mp3], bytes => document.Body.Span.SequenceEqual(bytes));
    }

    [Theory]
    [InlineData("""{"text":"Hello"}""")]
    [InlineData("""{"image":"not base64"}""")]
    [InlineData("""{"image":"aGVsbG8="}""")]
    [InlineData("""{"image":null,"audio":7}""")]
    [InlineData("""{"shape":[1,2],"data":[[0.1,0.2]]}""")]
    [InlineData("""{"data":[{"b64_json":"iVBORw0KGgo="},{"b64_json":"iVBORw0KGgo="}]}""")]
    [InlineData("""{"\ud800":1}""")]
    [InlineData("""[{"label":"A","score":1}]""")]
    [InlineData("{")]
    public void Any_other_JSON_is_as_it_came(string json)
    {
        var body = Encoding.UTF8.GetBytes(json);

        var document = Of("application/json", body);

        Assert.Equal("application/json", document.ContentType);
        Assert.True(document.Body.Span.SequenceEqual(body));
    }

    [Theory]
    [InlineData("application/octet-stream", "image/png")]
    [InlineData("image/x-own", "image/x-own")]
    [InlineData("text/plain", "text/plain")]
    public void Bytes_keep_their_type_where_they_have_one(string told, string type) => Assert.Equal(type, Of(told, Png).ContentType);

    [Fact]
    public void Bytes_that_nobody_knows_stay_what_they_are() => Assert.Equal("application/octet-stream", Of("application/octet-stream", [1, 2, 3]).ContentType);

    private static AnswerDocument Of(string contentType, byte[] body) =>
        ResultDocument.Of(new AttemptResult { Attempt = 1, ContentType = contentType, Body = body });
}
