using System.Net;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>The table of <c>gateway.md</c> §5 where no bridge is configured, only an account.</summary>
public sealed class AccountTests
{
    [Fact]
    public async Task The_run_path_warns_that_nothing_can_be_resumed()
    {
        var warning = await WarningAsync(Configured.Account, Sample.Body());

        Assert.Contains("No bridge is configured", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_must_be_resumable_is_refused_with_the_way_out()
    {
        await using var host = await ApiHost.StartAsync(Configured.Account);

        using var response = await host.Http.SubmitAsync(Sample.Body("\"resume\":true"));

        var error = Assert.Single((await response.ReadProblemAsync(HttpStatusCode.BadRequest, "config")).Errors());
        Assert.Equal("/resume", error.Where);
        Assert.Contains("needs the bridge", error.Message, StringComparison.Ordinal);
        Assert.Empty(host.Runs.Submissions);
    }

    /// <summary>The answer has the last word there: the engine warns when it carries no run id.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("\"resume\":true")]
    public async Task With_somewhere_to_resume_the_run_path_is_taken_without_a_warning(string more) =>
        Assert.Null(await WarningAsync(Configured.AccountWithResumeUrl, Sample.Body(more)));

    [Fact]
    public async Task The_gateway_path_warns_as_it_does_over_a_bridge()
    {
        var warning = await WarningAsync(Configured.AccountWithResumeUrl, Sample.Body("\"gateway\":{\"cacheTtl\":60}"));

        Assert.Contains("Not on the run path: cacheTtl", warning, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_leg_for_the_same_reason_is_one_sentence()
    {
        var one = await WarningAsync(Configured.Account, Sample.Body());

        Assert.Equal(one, await WarningAsync(Configured.Account, Sample.Body("\"fallback\":{\"models\":[\"anthropic/b\",\"google/c\"]}")));
    }

    private static async Task<string?> WarningAsync(ITransports transports, string body)
    {
        await using var host = await ApiHost.StartAsync(transports);
        using var response = await host.Http.SubmitAsync(body);
        return await response.ReadResumeWarningAsync();
    }
}
