using Orchestrator.Bridge.Tests.Kit;

namespace Orchestrator.Bridge.Tests.Surface;

/// <summary>A stream breaks when its caller has its beginning: a reset that comes sooner may take that with it, and is another failure.</summary>
public sealed class BrokenStreamTests(SteppedSite site) : IClassFixture<SteppedSite>
{
    [BridgeTheory]
    [InlineData("drop=3000")]
    [InlineData("drop=1")]
    public async Task A_stream_that_breaks_is_broken_for_the_caller_too(string fault)
    {
        using var response = await site.Http.SendAsync("POST", "/run", Calls.RunBody($"openai/m~events=100~first=1000~{fault}"));
        Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
        site.Clock.AdvanceMs(1000);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync());
    }
}
