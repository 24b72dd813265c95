using System.Net;
using System.Net.Sockets;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Api.Tests.Problems;

/// <summary>Every answer that is no success is a problem, whoever made it.</summary>
public sealed class ProblemTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/v1")]
    [InlineData("/v1/run")]
    [InlineData("/v1/runs/x/y/z")]
    public async Task An_unknown_address_is_not_found(string path)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.GetAsync(path);

        await response.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Theory]
    [InlineData("PUT", "/v1/runs", "GET, HEAD, POST")]
    [InlineData("POST", "/v1/runs/x", "DELETE, GET, HEAD")]
    [InlineData("GET", "/v1/runs/x/cancel", "POST")]
    [InlineData("HEAD", "/v1/runs/x/events", "GET")]
    [InlineData("POST", "/healthz", "GET, HEAD")]
    [InlineData("GET", "/v1/runs/cancel", "POST")]
    [InlineData("HEAD", "/v1/runs/delete", "POST")]
    [InlineData("DELETE", "/v1/runs/feed", "GET")]
    [InlineData("HEAD", "/v1/runs/feed", "GET")]
    [InlineData("POST", "/v1/runs/FEED", "GET")]
    [InlineData("PATCH", "/v1/session", "DELETE, GET, HEAD, POST")]
    [InlineData("POST", "/openapi/v1.json", "GET, HEAD")]
    public async Task Another_method_is_refused_with_those_there_are(string method, string path, string allow)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(allow, string.Join(", ", response.Content.Headers.Allow.Order(StringComparer.Ordinal)));
        if (method != "HEAD")
        {
            await response.ReadProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        }
    }

    [Theory]
    [InlineData("/v1/runs")]
    [InlineData("/v1/session")]
    [InlineData("/v1/stats")]
    [InlineData("/v1/system")]
    [InlineData("/healthz")]
    [InlineData("/openapi/v1.json")]
    public async Task Where_GET_answers_HEAD_does_too_without_a_body(string path)
    {
        await using var host = await ApiHost.StartAsync();
        using var get = await host.Http.GetAsync(path);

        using var head = await host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (get.StatusCode, head.StatusCode));
        Assert.Equal(get.Content.Headers.ContentType?.ToString(), head.Content.Headers.ContentType?.ToString());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_journal_that_can_not_be_reached_is_503_and_says_when_to_come_back()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Failure = new JournalUnavailableException("The disk of /secret/place is full.");
        foreach (var response in new[] { await host.Http.GetAsync("/v1/runs"), await host.Http.GetAsync($"/v1/runs/{Sample.Id}"), await host.Http.SubmitAsync(Sample.Body()) })
        {
            using (response)
            {
                var problem = await response.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, "journal-unavailable");
                Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
                Assert.DoesNotContain("/secret", problem.GetRawText(), StringComparison.Ordinal);
            }
        }

        Assert.Contains("/secret/place", host.Log.Lines[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bug_is_500_without_its_insides_and_is_found_in_the_log()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Failure = new InvalidOperationException("internal detail");

        using var response = await host.Http.GetAsync($"/v1/runs/{Sample.Id}");

        var problem = await response.ReadProblemAsync(HttpStatusCode.InternalServerError, "internal");
        Assert.DoesNotContain("internal detail", problem.GetRawText(), StringComparison.Ordinal);
        var line = Assert.Single(host.Log.Lines);
        Assert.Contains("internal detail", line, StringComparison.Ordinal);
        Assert.Contains(problem.GetProperty("traceId").GetString()!, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_breaks_off_starts_nothing_and_is_no_failure_of_the_service()
    {
        await using var host = await ApiHost.StartAsync();
        using (var client = new TcpClient())
        {
            await client.ConnectAsync(host.Address.Host, host.Address.Port);
            var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                "POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"model\":"));
            client.Client.Shutdown(SocketShutdown.Send);
            var answer = await ReadToEndOrResetAsync(stream);
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal), answer);
        }

        Assert.Empty(host.Runs.Submissions);
        Assert.Empty(host.Log.Lines);
    }

    [Fact]
    public async Task A_badly_framed_body_is_refused()
    {
        await using var host = await ApiHost.StartAsync();
        using var client = new TcpClient();
        await client.ConnectAsync(host.Address.Host, host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            "POST /v1/runs HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"));

        var answer = await ReadToEndOrResetAsync(client.GetStream());

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("\"code\":\"invalid\"", answer, StringComparison.Ordinal);
        Assert.Empty(host.Log.Lines);
    }

    /// <summary>All that was answered, however the server let go of the connection: in order, or by a reset.</summary>
    private static async Task<string> ReadToEndOrResetAsync(NetworkStream stream)
    {
        using var bytes = new MemoryStream();
        try
        {
            await stream.CopyToAsync(bytes).WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (IOException)
        {
            // Reset: what was answered before counts.
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
