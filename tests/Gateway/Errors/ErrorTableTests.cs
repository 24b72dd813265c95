namespace Orchestrator.Gateway.Tests.Errors;

/// <summary>The table of statuses and codes.</summary>
public sealed class ErrorTableTests
{
    [Theory]
    [InlineData(400, ErrorCodes.BadRequest, false)]
    [InlineData(401, ErrorCodes.Auth, false)]
    [InlineData(402, ErrorCodes.Billing, false)]
    [InlineData(403, ErrorCodes.Auth, false)]
    [InlineData(404, ErrorCodes.NotFound, false)]
    [InlineData(405, ErrorCodes.BadRequest, false)]
    [InlineData(408, ErrorCodes.Timeout, true)]
    [InlineData(409, ErrorCodes.Conflict, true)]
    [InlineData(413, ErrorCodes.BadRequest, false)]
    [InlineData(422, ErrorCodes.BadRequest, false)]
    [InlineData(429, ErrorCodes.RateLimit, true)]
    [InlineData(500, ErrorCodes.ProviderError, true)]
    [InlineData(502, ErrorCodes.ProviderError, true)]
    [InlineData(503, ErrorCodes.ProviderError, true)]
    [InlineData(504, ErrorCodes.ProviderError, true)]
    [InlineData(529, ErrorCodes.ProviderError, true)]
    [InlineData(302, ErrorCodes.BadRequest, false)]
    [InlineData(418, ErrorCodes.BadRequest, false)]
    public async Task A_status_has_a_code_and_may_be_recoverable(int status, string code, bool recoverable)
    {
        var reply = await StubHandler.Answering(status, "{\"error\":{\"message\":\"no\"}}", ("cf-aig-log-id", "log1"))
            .Client().RunAsync(Requests.Run(), CancellationToken.None);

        var failure = Assert.IsType<FailureReply>(reply);
        Assert.Equal((code, recoverable, status), (failure.Error.Code, failure.Error.Recoverable, failure.Error.Status));
        Assert.Equal((status, "log1"), (failure.Headers.Status, failure.Headers.LogId));
        Assert.False(failure.Error.NextLeg);
    }

    [Theory]
    [InlineData(404, "7003", true)]
    [InlineData(402, "2021", true)]
    [InlineData(404, "2021", false)]
    [InlineData(402, "7003", false)]
    [InlineData(400, "7003", false)]
    public async Task A_model_off_the_catalog_or_for_own_keys_moves_to_the_next_leg(int status, string upstreamCode, bool nextLeg)
    {
        var error = await Requests.FailAsync(
            StubHandler.Answering(status, $"{{\"success\":false,\"errors\":[{{\"code\":{upstreamCode},\"message\":\"no\"}}]}}"));

        Assert.Equal((nextLeg, upstreamCode, false), (error.NextLeg, error.UpstreamCode, error.Recoverable));
    }

    [Theory]
    [InlineData("5007", 400, ErrorCodes.BadRequest)]
    [InlineData("5004", 400, ErrorCodes.BadRequest)]
    [InlineData("3039", 400, ErrorCodes.BadRequest)]
    [InlineData("3003", 400, ErrorCodes.BadRequest)]
    [InlineData("5018", 403, ErrorCodes.Auth)]
    [InlineData("5016", 403, ErrorCodes.Auth)]
    [InlineData("3023", 403, ErrorCodes.Auth)]
    [InlineData("3041", 403, ErrorCodes.Auth)]
    [InlineData("5019", 405, ErrorCodes.BadRequest)]
    [InlineData("5005", 405, ErrorCodes.BadRequest)]
    [InlineData("3042", 404, ErrorCodes.NotFound)]
    [InlineData("3006", 413, ErrorCodes.BadRequest)]
    [InlineData("3007", 408, ErrorCodes.Timeout)]
    [InlineData("3008", 408, ErrorCodes.Timeout)]
    [InlineData("3036", 429, ErrorCodes.RateLimit)]
    [InlineData("3040", 429, ErrorCodes.RateLimit)]
    public async Task A_Workers_AI_code_says_more_than_the_status(string upstreamCode, int status, string code)
    {
        string[] bodies =
        [
            $"{{\"errors\":[{{\"code\":{upstreamCode},\"message\":\"no\"}}],\"success\":false}}",
            $"{{\"errors\":[{{\"message\":\"AiError: {upstreamCode}: no\"}}]}}",
            $"{{\"error\":\"{upstreamCode}: no\"}}",
            $"{upstreamCode}: no",
        ];
        foreach (var body in bodies)
        {
            var error = await Requests.FailAsync(StubHandler.Answering(500, body));
            Assert.Equal((code, status, upstreamCode), (error.Code, error.Status, error.UpstreamCode));
        }
    }

    [Theory]
    [InlineData("AiError: 5007: no such model", "5007")]
    [InlineData("call 555-3040: busy", null)]
    [InlineData("at 12:30401: x", null)]
    [InlineData("see 1234: there", null)]
    [InlineData("1234: unknown, but a code", "1234")]
    public async Task Codes_in_text_stand_at_its_start_or_are_known(string body, string? upstreamCode)
    {
        var error = await Requests.FailAsync(StubHandler.Answering(500, body));

        Assert.Equal(upstreamCode, error.UpstreamCode);
    }

    [Fact]
    public async Task Not_found_on_resume_means_that_the_buffer_is_gone()
    {
        var client = StubHandler.Answering(404, "{\"error\":\"Request not found\"}").Client();

        var reply = await client.ResumeAsync(new ResumeRequest("default", "run1", 3, WireFormat.OpenAi), CancellationToken.None);

        var error = Assert.IsType<FailureReply>(reply).Error;
        Assert.Equal((ErrorCodes.ResumeExpired, "Request not found", 404), (error.Code, error.Message, error.Status));
        Assert.False(error.NextLeg);
    }

    /// <summary>What is lost is the buffer, not the model: its leg is not to be left for a code that says so of a dispatch.</summary>
    [Fact]
    public async Task Not_found_on_resume_means_the_same_whatever_its_code()
    {
        const string Body = "{\"success\":false,\"errors\":[{\"code\":7003,\"message\":\"No route\"}]}";
        var resumed = await StubHandler.Answering(404, Body).Client().ResumeAsync(new ResumeRequest("default", "run1", 3, WireFormat.OpenAi), CancellationToken.None);

        Assert.Equal((ErrorCodes.ResumeExpired, false), (((FailureReply)resumed).Error.Code, ((FailureReply)resumed).Error.NextLeg));
        Assert.True((await Requests.FailAsync(StubHandler.Answering(404, Body))).NextLeg);
    }

    [Fact]
    public async Task A_malformed_run_id_is_what_the_gateway_makes_of_it()
    {
        var client = StubHandler.Answering(500, "{\"success\":false,\"errors\":[{\"code\":2002,\"message\":\"Internal error\"}]}").Client();

        var reply = await client.ResumeAsync(new ResumeRequest("default", "nonsense", 0, WireFormat.OpenAi), CancellationToken.None);

        var error = Assert.IsType<FailureReply>(reply).Error;
        Assert.Equal((ErrorCodes.ProviderError, "2002"), (error.Code, error.UpstreamCode));
    }

    public static TheoryData<Exception> Faults =>
    [
        new HttpRequestException(HttpRequestError.NameResolutionError, "no such host"),
        new HttpRequestException(HttpRequestError.ConnectionError, "refused"),
        new HttpRequestException(HttpRequestError.SecureConnectionError, "certificate"),
        new IOException("reset"),
        new TaskCanceledException("connect timed out", new TimeoutException()),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task No_answer_is_a_gateway_error(Exception fault)
    {
        var error = await Requests.FailAsync(StubHandler.Failing(fault));

        Assert.Equal((ErrorCodes.GatewayError, true, (int?)null), (error.Code, error.Recoverable, error.Status));
        Assert.Contains(fault.Message, error.Message, StringComparison.Ordinal);
    }
}
