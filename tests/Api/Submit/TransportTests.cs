using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>Parts that are each fine, and what they come to together: the table of <c>gateway.md</c> §5, row by row.</summary>
public sealed class TransportTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string NotResumed = "the answer can not be resumed";

    [Theory]
    [InlineData("grok/grok-4", "")]
    [InlineData("google-ai-studio/gemini-2.5-pro", "")]
    [InlineData("deepseek/chat", "\"resume\":true")]
    [InlineData("alibaba/qwen", "\"transport\":\"run\"")]
    [InlineData("@cf/a/b", "\"resume\":false")]
    [InlineData("openai/a", "\"gateway\":{\"skipCache\":false}")]
    [InlineData("openai/a", "\"fallback\":{\"mode\":\"server\",\"models\":[]},\"resume\":true")]
    public async Task The_run_path_is_taken_without_a_warning(string model, string more) => Assert.Null(await WarningAsync(Of(model, more)));

    [Theory]
    [InlineData("openai/a", "\"transport\":\"gateway\"", "transport: \"gateway\"")]
    [InlineData("openai/a", "\"gateway\":{\"cacheTtl\":60}", "cacheTtl")]
    [InlineData("openai/a", "\"gateway\":{\"cacheTtl\":0}", "cacheTtl")]
    [InlineData("openai/a", "\"gateway\":{\"skipCache\":true}", "skipCache")]
    [InlineData("openai/a", "\"fallback\":{\"mode\":\"server\",\"models\":[\"anthropic/b\"]}", "fallback.mode: \"server\"")]
    [InlineData("openai/a", "\"byok\":true", "byok")]
    [InlineData("openai/a", "\"byokAlias\":\"mine\"", "byok")]
    [InlineData("mistral/large", "", "mistral is not on the run catalog")]
    [InlineData("openrouter/anthropic/claude", "", "openrouter is not on the run catalog")]
    [InlineData("@cf/a/b", "\"transport\":\"gateway\"", "transport: \"gateway\"")]
    public async Task The_gateway_path_is_taken_with_a_warning_that_says_why(string model, string more, string why)
    {
        var warning = await WarningAsync(Of(model, more));

        Assert.Contains(why, warning, StringComparison.Ordinal);
        Assert.Contains(NotResumed, warning, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("openai/a", "\"resume\":false,\"byok\":true")]
    [InlineData("mistral/large", "\"resume\":false,\"transport\":\"gateway\"")]
    public async Task Who_gave_resuming_up_is_not_warned(string model, string more) => Assert.Null(await WarningAsync(Of(model, more)));

    [Theory]
    [InlineData("openai/a", "\"resume\":true,\"gateway\":{\"cacheTtl\":60}", "/resume", "remove cacheTtl")]
    [InlineData("openai/a", "\"resume\":true,\"gateway\":{\"skipCache\":true}", "/resume", "remove skipCache")]
    [InlineData("openai/a", "\"resume\":true,\"transport\":\"gateway\"", "/resume", "remove transport")]
    [InlineData("openai/a", "\"resume\":true,\"fallback\":{\"mode\":\"server\",\"models\":[\"openai/b\"]}", "/resume", "use fallback.mode: \"client\"")]
    [InlineData("openai/a", "\"resume\":true,\"byok\":true", "/resume", "remove byok")]
    [InlineData("openai/a", "\"transport\":\"run\",\"byokAlias\":\"mine\"", "/transport", "remove byok")]
    [InlineData("openai/a", "\"transport\":\"run\",\"gateway\":{\"cacheTtl\":60}", "/transport", "remove cacheTtl")]
    [InlineData("mistral/large", "\"resume\":true", "/resume", "choose a provider that is")]
    [InlineData("mistral/large", "\"transport\":\"run\"", "/transport", "choose a provider that is")]
    [InlineData("@cf/a/b", "\"resume\":true", "/resume", "Workers AI")]
    public async Task A_conflict_is_refused_with_the_way_out(string model, string more, string pointer, string wayOut)
    {
        var error = Assert.Single(await RefusedAsync(Of(model, more)));

        Assert.Equal(pointer, error.Where);
        Assert.Contains(wayOut, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("alibaba/qwen", "\"gateway\":{\"cacheTtl\":60}", "/gateway/cacheTtl")]
    [InlineData("minimax/m1", "\"byokAlias\":\"mine\"", "/byokAlias")]
    [InlineData("alibaba/qwen", "\"byok\":true", "/byok")]
    [InlineData("alibaba/qwen", "\"transport\":\"gateway\"", "/transport")]
    [InlineData("openai/a", "\"fallback\":{\"mode\":\"server\",\"models\":[\"alibaba/qwen\"]}", "/fallback/mode")]
    public async Task A_provider_of_the_run_path_alone_can_not_have_what_needs_the_other(string model, string more, string pointer)
    {
        var error = Assert.Single(await RefusedAsync(Of(model, more)));

        Assert.Equal(pointer, error.Where);
        Assert.Contains("run path only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_provider_is_refused_in_its_place()
    {
        var error = Assert.Single(await RefusedAsync("""{"model":"unheard/of","input":{}}"""));
        Assert.Equal("/model", error.Where);
        Assert.Contains("openai, anthropic", error.Message, StringComparison.Ordinal);

        error = Assert.Single(await RefusedAsync(Sample.Body("\"fallback\":{\"models\":[\"openai/b\",\"mistral/large\",\"unheard/of\"]}")));
        Assert.Equal("/fallback/models/2", error.Where);
    }

    [Fact]
    public async Task With_another_kind_of_problem_the_code_is_invalid_and_both_are_listed()
    {
        using var response = await shared.Host.Http.SubmitAsync(Of("alibaba/qwen", "\"byok\":true,\"zdr\":1"));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("/byok /zdr", string.Join(' ', problem.Errors().Select(static error => error.Where).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Legs_that_can_not_be_resumed_for_different_reasons_are_told_in_one_warning()
    {
        var warning = await WarningAsync(Sample.Body("\"fallback\":{\"models\":[\"mistral/large\",\"@cf/a/b\"]}"));

        Assert.Contains("mistral/large: Not on the run path", warning, StringComparison.Ordinal);
        Assert.Contains("@cf/a/b: Workers AI", warning, StringComparison.Ordinal);
    }

    private static string Of(string model, string more) => Sample.Body(more).Replace(Sample.Model, model, StringComparison.Ordinal);

    private async Task<string?> WarningAsync(string body)
    {
        using var response = await shared.Host.Http.SubmitAsync(body);
        return await response.ReadResumeWarningAsync();
    }

    private async Task<IReadOnlyList<(string Where, string Message)>> RefusedAsync(string body)
    {
        var before = shared.Host.Runs.Submissions.Count;
        using var response = await shared.Host.Http.SubmitAsync(body);
        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "config");
        Assert.Equal(before, shared.Host.Runs.Submissions.Count);
        return problem.Errors();
    }
}
