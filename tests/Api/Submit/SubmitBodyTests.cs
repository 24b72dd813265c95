using System.Net;
using System.Text;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>The body as bytes: its type, its size, whether it is JSON at all.</summary>
public sealed class SubmitBodyTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/vnd.api+json")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_is_refused(string? type)
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Sample.Body()));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await host.Http.PostAsync("/v1/runs", content);

        await response.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
        Assert.Empty(host.Runs.Submissions);
    }

    [Theory]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("Application/JSON; charset=\"UTF-8\"")]
    public async Task Json_with_parameters_is_json(string type)
    {
        await using var host = await ApiHost.StartAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Sample.Body()));
        content.Headers.TryAddWithoutValidation("Content-Type", type);

        using var response = await host.Http.PostAsync("/v1/runs", content);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task A_compressed_body_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var content = HttpExtensions.Json(Sample.Body());
        content.Headers.ContentEncoding.Add("gzip");

        using var response = await host.Http.PostAsync("/v1/runs", content);

        await response.ReadProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_body_up_to_the_limit_is_taken_and_one_byte_more_is_not(bool chunked)
    {
        await using var host = await ApiHost.StartAsync(("Api:MaxBodyBytes", "4096"));

        using var atLimit = await host.Http.SendAsync(Request(OfLength(4096), chunked));
        using var above = await host.Http.SendAsync(Request(OfLength(4097), chunked));

        Assert.Equal(HttpStatusCode.Accepted, atLimit.StatusCode);
        var problem = await above.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
        Assert.Contains("4096", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Single(host.Runs.Submissions);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_limit_is_8_MiB_unless_set_and_the_answer_reaches_a_caller_that_is_still_sending(bool chunked)
    {
        await using var host = await ApiHost.StartAsync();

        using var atLimit = await host.Http.SendAsync(Request(OfLength(8 * 1024 * 1024), chunked));
        using var above = await host.Http.SendAsync(Request(OfLength(33 * 1024 * 1024), chunked));

        Assert.Equal(HttpStatusCode.Accepted, atLimit.StatusCode);
        await above.ReadProblemAsync(HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData(" \r\n", "empty")]
    [InlineData("\uFEFF", "empty")]
    [InlineData("nope", "not JSON")]
    [InlineData("{\n \"a\": x}", "(line 2, byte 7).")]
    [InlineData("{", "not JSON")]
    [InlineData("{} {}", "not JSON")]
    [InlineData("{\"model\":\"a/b\",}", "trailing comma at the end (line 1, byte 16).")]
    [InlineData("{/* no */}", "not JSON")]
    [InlineData("{'a':1}", "not JSON")]
    [InlineData("[]", "Give an object, not a list")]
    [InlineData("null", "Give an object, not null")]
    [InlineData("\"text\"", "Give an object, not a text")]
    [InlineData("12", "Give an object, not a number")]
    public async Task What_is_no_json_object_is_refused_as_a_whole(string body, string message)
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync(body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        var error = Assert.Single(problem.Errors());
        Assert.Equal("", error.Where);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("reader", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("BytePositionInLine", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        var host = shared.Host;
        var body = Encoding.UTF8.GetBytes(Sample.Body());
        body[^5] = 0xFF;

        using var response = await host.Http.PostAsync("/v1/runs", HttpExtensions.Json(body));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains("UTF-8", problem.Errors().Single().Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(62, true)]
    [InlineData(63, false)]
    [InlineData(100_000, false)]
    public async Task Nesting_has_a_bound(int depth, bool accepted)
    {
        var host = shared.Host;
        var input = $$"""{"a":{{new string('[', depth)}}{{new string(']', depth)}}}""";

        using var response = await host.Http.SubmitAsync($$"""{"model":"openai/x","input":{{input}}}""");

        if (accepted)
        {
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        }
        else
        {
            var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
            Assert.Contains("depth", problem.Errors().Single().Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("""{"model":"openai/a","model":"openai/b","input":{}}""", "/model")]
    [InlineData("""{"model":"openai/a","input":{},"mod\u0065l":"openai/b"}""", "/model")]
    [InlineData("""{"model":"openai/a","input":{"messages":[{"role":"user","role":"system"}]}}""", "/input/messages/0/role")]
    [InlineData("""{"model":"openai/a","input":{},"metadata":{"a~/b":1,"a~/b":1}}""", "/metadata/a~0~1b")]
    public async Task A_name_that_is_there_twice_is_refused(string body, string pointer)
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync(body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains(problem.Errors(), error => error.Where == pointer && error.Message.Contains("more than once", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_name_that_is_there_twice_does_not_hide_other_problems()
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync("""{"model":"openai/a","input":{"a":1,"a":2},"zdr":1,"retry":{"maxAttempts":0}}""");

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("/input/a /retry/maxAttempts /zdr", string.Join(' ', problem.Errors().Select(static error => error.Where).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("""{"model":"openai/a","input":{"messages":[{"content":"cut \ud83d"}]}}""", "/input/messages/0/content")]
    [InlineData("""{"model":"openai/a","input":{"x":{"\uDE00":1}}}""", "/input/x")]
    [InlineData("""{"model":"openai/\ud800","input":{}}""", "/model")]
    public async Task Half_a_character_is_refused_where_it_is(string body, string pointer)
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync(body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Contains(problem.Errors(), error => error.Where == pointer && error.Message.Contains("not Unicode", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_answer_lists_at_most_200_problems()
    {
        var host = shared.Host;
        var fields = string.Join(',', Enumerable.Range(0, 1000).Select(static i => $"\"f{i}{new string('x', 300)}\":1"));

        using var response = await host.Http.SubmitAsync($$"""{{{fields}}}""");

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(200, problem.Errors().Count);
        Assert.All(problem.Errors(), static error => Assert.True(error.Where.Length < 200));
    }

    private static string OfLength(int length)
    {
        var empty = Sample.Body().Replace("Hi", "", StringComparison.Ordinal).Length;
        return Sample.Body().Replace("Hi", new string('x', length - empty), StringComparison.Ordinal);
    }

    private static HttpRequestMessage Request(string body, bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/runs") { Content = HttpExtensions.Json(body) };
        request.Headers.TransferEncodingChunked = chunked;
        return request;
    }
}
