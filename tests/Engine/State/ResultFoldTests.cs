using System.Text;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.State;

/// <summary>Whole answers that came at once.</summary>
public sealed class ResultFoldTests
{
    private const string Json = "application/json";

    [Theory]
    [InlineData(Json, """{"response":"Hi","usage":{"prompt_tokens":1,"completion_tokens":2}}""", true)]
    [InlineData(Json, """{"data":[[1]]}""", true)]
    [InlineData("audio/mpeg", "ID3 no JSON at all", true)]
    [InlineData(Json, "{\"response\":", false)]
    [InlineData("application/problem+json; charset=utf-8", "<html>", false)]
    [InlineData(Json, """{"error":{"message":"no","type":"overloaded_error"}}""", false)]
    public void It_is_complete_unless_it_is_an_error_or_not_what_it_says_it_is(string contentType, string body, bool complete)
    {
        var attempt = Answered(contentType, body);
        Assert.Equal((complete, complete), (attempt.Terminal, attempt.HasOutput));
        Assert.Equal(complete, attempt.StreamError is null);
        Assert.Equal(0, attempt.Events);
    }

    [Fact]
    public void Its_usage_counts() =>
        Assert.Equal(
            new TokenCounts { InputTokens = 1, OutputTokens = 2, TotalTokens = 3 },
            Answered(Json, """{"response":"Hi","usage":{"prompt_tokens":1,"completion_tokens":2}}""").Usage);

    [Fact]
    public void An_answer_that_is_not_its_own_JSON_may_be_asked_for_again()
    {
        var error = Answered(Json, "<html>").StreamError!;
        Assert.Equal((ErrorCodes.ProviderError, true), (error.Code, error.Recoverable));
    }

    private static AttemptState Answered(string contentType, string body) => RunRecording.Of(new RunSpec { Model = "@cf/a" })
        .Dispatch()
        .Attach(WireFormat.WorkersAi, resumable: false)
        .Result(contentType, Encoding.UTF8.GetBytes(body))
        .State.Current!;
}
