using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Telemetry;

public sealed class UpstreamFaultsTests
{
    [Theory]
    [InlineData(ErrorCodes.ProviderError, true, false)]
    [InlineData(ErrorCodes.GatewayError, true, false)]
    [InlineData(ErrorCodes.Auth, true, false)]
    [InlineData(RunErrorCodes.FirstEventTimeout, true, false)]
    [InlineData(RunErrorCodes.StreamTruncated, true, false)]
    [InlineData(ErrorCodes.BadRequest, false, true)]
    [InlineData(ErrorCodes.NotFound, false, true)]
    [InlineData(ErrorCodes.RateLimit, false, true)]
    [InlineData(ErrorCodes.Config, false, false)]
    [InlineData(RunErrorCodes.CircuitOpen, false, false)]
    [InlineData(RunErrorCodes.TotalTimeout, false, false)]
    [InlineData("a-code-to-come", false, false)]
    public void A_refusal_that_is_the_requests_own_fault_is_an_answer_and_what_was_never_sent_is_neither(string code, bool isFault, bool isAnswer)
    {
        Assert.Equal(isFault, UpstreamFaults.IsUpstreams(code));
        Assert.Equal(isAnswer, UpstreamFaults.IsAnswer(code));
    }
}
