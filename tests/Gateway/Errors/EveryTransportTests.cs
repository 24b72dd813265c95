namespace Orchestrator.Gateway.Tests.Errors;

/// <summary>Every shape of an error has its class on every transport.</summary>
public sealed class EveryTransportTests
{
    [Theory]
    [InlineData(401, "{\"success\":false,\"error\":[{\"code\":2009,\"message\":\"no\"}]}", ErrorCodes.Auth, false, "2009", false)]
    [InlineData(400, "{\"success\":false,\"error\":[{\"code\":2001,\"message\":\"no\"}]}", ErrorCodes.BadRequest, false, "2001", false)]
    [InlineData(402, "{\"success\":false,\"errors\":[{\"code\":2021,\"message\":\"no\"}]}", ErrorCodes.Billing, false, "2021", true)]
    [InlineData(403, "{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"no\"}]}", ErrorCodes.Auth, false, "10000", false)]
    [InlineData(404, "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"no\"}]}", ErrorCodes.NotFound, false, "7003", true)]
    [InlineData(400, "{\"error\":{\"message\":\"no\",\"type\":\"invalid_request_error\",\"code\":\"context_length_exceeded\"}}", ErrorCodes.BadRequest, false, "context_length_exceeded", false)]
    [InlineData(529, "{\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"no\"}}", ErrorCodes.ProviderError, true, null, false)]
    [InlineData(503, "[{\"error\":{\"code\":503,\"message\":\"no\",\"status\":\"UNAVAILABLE\"}}]", ErrorCodes.ProviderError, true, "503", false)]
    [InlineData(408, "{\"error\":\"no\"}", ErrorCodes.Timeout, true, null, false)]
    [InlineData(409, "{\"message\":\"no\"}", ErrorCodes.Conflict, true, null, false)]
    [InlineData(413, "no", ErrorCodes.BadRequest, false, null, false)]
    [InlineData(500, "{\"errors\":[{\"message\":\"AiError: 3040: no\",\"code\":3040}],\"success\":false,\"result\":{},\"messages\":[]}", ErrorCodes.RateLimit, true, "3040", false)]
    [InlineData(500, "3036: no", ErrorCodes.RateLimit, true, "3036", false)]
    [InlineData(500, "5018: no", ErrorCodes.Auth, false, "5018", false)]
    [InlineData(200, "{\"errors\":[{\"message\":\"no\",\"code\":3007}],\"success\":false,\"result\":null,\"messages\":[]}", ErrorCodes.Timeout, true, "3007", false)]
    public async Task A_failure_has_its_class(int status, string body, string code, bool recoverable, string? upstream, bool nextLeg)
    {
        var seen = 0;
        await foreach (var (name, reply) in EveryTransport.RunAsync(() => StubHandler.Answering(status, body, ("Retry-After", "7"), ("cf-aig-step", "1"))))
        {
            if (status == 200 && name == "bridge run")
            {
                // The binding knows no envelope: what it answers is the model's own.
                Assert.IsType<DocumentReply>(reply);
                continue;
            }

            var failure = Assert.IsType<FailureReply>(reply);
            var error = failure.Error;
            Assert.Equal((name, code, recoverable, upstream, nextLeg), (name, error.Code, error.Recoverable, error.UpstreamCode, error.NextLeg));
            Assert.EndsWith("no", error.Message, StringComparison.Ordinal);
            Assert.Equal((name, status == 200 ? null : TimeSpan.FromSeconds(7)), (name, error.RetryAfter));
            Assert.Equal((status, 1), (failure.Headers.Status, failure.Headers.Step));
            seen++;
        }

        Assert.Equal(status == 200 ? 7 : 8, seen);
    }

    [Fact]
    public async Task No_answer_is_a_gateway_error()
    {
        await foreach (var (name, reply) in EveryTransport.RunAsync(() => StubHandler.Failing(new HttpRequestException("reset"))))
        {
            var failure = Assert.IsType<FailureReply>(reply);
            Assert.Equal((name, ErrorCodes.GatewayError, true), (name, failure.Error.Code, failure.Error.Recoverable));
            Assert.NotNull(failure.Transport);
        }
    }

    [Fact]
    public async Task What_the_headers_tell_of_a_document_and_of_a_failure_is_told()
    {
        foreach (var status in new[] { 200, 503 })
        {
            await foreach (var (name, reply) in EveryTransport.RunAsync(() => StubHandler.Answering(
                status, "{}", ("Content-Type", "application/json"), ("cf-aig-log-id", "l"), ("cf-aig-cache-status", "MISS"), ("cf-aig-step", "1"))))
            {
                Assert.Equal((name, status == 200), (name, reply is DocumentReply));
                Assert.Equal((name, "l", "MISS", 1), (name, reply.Headers.LogId, reply.Headers.CacheStatus, reply.Headers.Step));
            }
        }
    }

    [Fact]
    public async Task A_stream_is_one()
    {
        await foreach (var (name, reply) in EveryTransport.RunAsync(() => StubHandler.Answering(
            200, "data: {}\n\n", ("Content-Type", "text/event-stream"), ("cf-aig-run-id", "r"), ("cf-aig-log-id", "l"), ("cf-aig-cache-status", "HIT"))))
        {
            await using var stream = Assert.IsType<StreamReply>(reply);
            Assert.Equal(("r", "l", "HIT"), (stream.Headers.RunId, stream.Headers.LogId, stream.Headers.CacheStatus));
            Assert.Equal((name, name.StartsWith("bridge", StringComparison.Ordinal)), (name, stream.Resumable));
            Assert.Single((await Taken.AllAsync(stream.Events)).Events);
        }
    }

    [Fact]
    public async Task A_buffer_that_is_gone_has_expired_wherever_it_was_asked_for()
    {
        var account = new AccountOptions { AccountId = "acc", ApiToken = "token" };
        var handler = StubHandler.Answering(404, "{\"error\":\"Request not found\"}");
        var gateway = new AiGateway(
            new HttpMessageInvoker(handler), new AiGatewayOptions { Account = account, ResumeUrl = new Uri("http://resume.test/base") });

        var reply = await gateway.ResumeAsync(new ResumeRequest("gw", "run1", 3, WireFormat.OpenAi), CancellationToken.None);

        Assert.Equal(ErrorCodes.ResumeExpired, Assert.IsType<FailureReply>(reply).Error.Code);
        Assert.Equal("http://resume.test/base/ai-gateway/gateways/gw/run/run1/resume?from=3", handler.Request!.RequestUri!.ToString());
        Assert.Equal("Bearer token", handler.Request.Headers.Authorization!.ToString());
    }
}
