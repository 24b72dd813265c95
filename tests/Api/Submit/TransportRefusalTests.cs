using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>Parts that are each fine and can not be had together, or not in this version: the table of <c>gateway.md</c> §5.</summary>
public sealed class TransportRefusalTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string NotYet = "needs the gateway path, which this version does not have yet";

    [Theory]
    [InlineData("\"transport\":\"gateway\"", "/transport", "remove transport")]
    [InlineData("\"gateway\":{\"cacheTtl\":60}", "/gateway/cacheTtl", "remove cacheTtl")]
    [InlineData("\"gateway\":{\"cacheTtl\":0}", "/gateway/cacheTtl", "remove cacheTtl")]
    [InlineData("\"gateway\":{\"skipCache\":true}", "/gateway/skipCache", "remove skipCache")]
    [InlineData("\"fallback\":{\"mode\":\"server\",\"models\":[\"anthropic/claude-haiku-4.5\"]}", "/fallback/mode", "use \"client\"")]
    [InlineData("\"byok\":true", "/byok", "remove byok")]
    [InlineData("\"byokAlias\":\"mine\"", "/byokAlias", "remove byokAlias")]
    [InlineData("\"resume\":false,\"byok\":true", "/byok", "remove byok")]
    public async Task What_needs_the_gateway_path_is_refused_with_the_way_out(string more, string pointer, string wayOut)
    {
        var error = Assert.Single(await RefusedAsync(Sample.Body(more)));

        Assert.Equal(pointer, error.Where);
        Assert.Contains(NotYet, error.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mistral/large")]
    [InlineData("openrouter/anthropic/claude")]
    [InlineData("cohere/command")]
    public async Task A_provider_that_is_not_on_the_run_catalog_is_refused(string model)
    {
        var error = Assert.Single(await RefusedAsync(Of(model, "")));

        Assert.Equal("/model", error.Where);
        Assert.Contains(NotYet, error.Message, StringComparison.Ordinal);
        Assert.Contains("openai, anthropic, google, xai, groq, deepseek, alibaba or minimax", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fallback_model_is_refused_in_its_place()
    {
        var errors = await RefusedAsync(Sample.Body("\"fallback\":{\"models\":[\"openai/b\",\"mistral/large\",\"unheard/of\"]}"));

        Assert.Equal("/fallback/models/1 /fallback/models/2", string.Join(' ', errors.Select(static error => error.Where)));
        Assert.Contains("'unheard' is not known", errors[1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_provider_is_refused()
    {
        var error = Assert.Single(await RefusedAsync("""{"model":"unheard/of","input":{}}"""));

        Assert.Equal("/model", error.Where);
        Assert.Contains("openai, anthropic", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"resume\":true,\"gateway\":{\"cacheTtl\":60}", "/resume /gateway/cacheTtl")]
    [InlineData("\"resume\":true,\"byok\":true", "/resume /byok")]
    [InlineData("\"transport\":\"run\",\"byok\":true", "/transport /byok")]
    [InlineData("\"resume\":true,\"transport\":\"gateway\"", "/resume /transport")]
    [InlineData("\"resume\":true,\"transport\":\"run\",\"gateway\":{\"skipCache\":true}", "/resume /transport /gateway/skipCache")]
    public async Task A_conflict_is_named_with_what_this_version_has_not(string more, string pointers)
    {
        var errors = await RefusedAsync(Sample.Body(more));

        Assert.Equal(pointers, string.Join(' ', errors.Select(static error => error.Where)));
    }

    [Theory]
    [InlineData("alibaba/qwen", "\"gateway\":{\"cacheTtl\":60}", "/gateway/cacheTtl")]
    [InlineData("minimax/m1", "\"byokAlias\":\"mine\"", "/byokAlias")]
    [InlineData("alibaba/qwen", "\"transport\":\"gateway\"", "/transport")]
    public async Task A_provider_of_the_run_path_alone_can_not_have_what_needs_the_other(string model, string more, string pointer)
    {
        var error = Assert.Single(await RefusedAsync(Of(model, more)));

        Assert.Equal(pointer, error.Where);
        Assert.Contains("run path only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_workers_ai_model_can_not_be_made_to_resume()
    {
        var error = Assert.Single(await RefusedAsync("""{"model":"@cf/a/b","input":{},"resume":true}"""));

        Assert.Equal("/resume", error.Where);
        Assert.Contains("Workers AI", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_another_kind_of_problem_the_code_is_invalid_and_both_are_listed()
    {
        using var response = await shared.Host.Http.SubmitAsync(Sample.Body("\"byok\":true,\"zdr\":1"));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("/byok /zdr", string.Join(' ', problem.Errors().Select(static error => error.Where).Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("grok/grok-4", "")]
    [InlineData("google-ai-studio/gemini-2.5-pro", "")]
    [InlineData("deepseek/chat", "\"resume\":true")]
    [InlineData("alibaba/qwen", "\"transport\":\"run\"")]
    [InlineData("@cf/a/b", "\"resume\":false")]
    [InlineData("openai/a", "\"gateway\":{\"skipCache\":false}")]
    public async Task The_run_path_is_taken_without_a_warning(string model, string more)
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(Of(model, more));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Empty(host.Runs.Submissions.Single().Spec.Warnings);
    }

    private static string Of(string model, string more) => Sample.Body(more).Replace(Sample.Model, model, StringComparison.Ordinal);

    private async Task<IReadOnlyList<(string Where, string Message)>> RefusedAsync(string body)
    {
        using var response = await shared.Host.Http.SubmitAsync(body);
        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "config");
        return problem.Errors();
    }
}
