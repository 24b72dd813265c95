using System.Text;

namespace Orchestrator.Gateway.Tests.Client;

/// <summary>Cloudflare's envelope around JSON, which REST has and a model's own answer only seems to have.</summary>
public sealed class EnvelopeTests
{
    [Theory]
    [InlineData("{\"result\":{\"response\":\"x\"},\"success\":true,\"errors\":[],\"messages\":[]}", "{\"response\":\"x\"}")]
    [InlineData("{\"success\":true,\"result\":[1, 2],\"errors\":[]}", "[1, 2]")]
    [InlineData("{\"response\":\"x\"}", "{\"response\":\"x\"}")]
    [InlineData("{\"success\":true,\"text\":\"the model's own\"}", "{\"success\":true,\"text\":\"the model's own\"}")]
    [InlineData("{\"success\":false,\"text\":\"the model's own\"}", "{\"success\":false,\"text\":\"the model's own\"}")]
    [InlineData("{\"result\":{},\"success\":\"yes\"}", "{\"result\":{},\"success\":\"yes\"}")]
    [InlineData("\u0089PNG", "\u0089PNG")]
    public async Task An_envelope_is_taken_off_and_nothing_else(string sent, string body)
    {
        var reply = await RunAsync(sent);

        Assert.Equal(body, Encoding.UTF8.GetString(Assert.IsType<DocumentReply>(reply).Body.Span));
    }

    [Theory]
    [InlineData("{\"result\":null,\"success\":false,\"errors\":[{\"code\":3040,\"message\":\"Capacity\"}],\"messages\":[]}", ErrorCodes.RateLimit, "3040")]
    [InlineData("{\"success\":false,\"error\":[{\"code\":2001,\"message\":\"No gateway\"}]}", ErrorCodes.ProviderError, "2001")]
    public async Task A_failure_in_an_envelope_is_one_whatever_the_status(string sent, string code, string upstream)
    {
        var reply = await RunAsync(sent);

        var error = Assert.IsType<FailureReply>(reply).Error;
        Assert.Equal((code, upstream), (error.Code, error.UpstreamCode));
    }

    private static Task<GatewayReply> RunAsync(string sent)
    {
        var account = new AccountOptions { AccountId = "acc", ApiUrl = new Uri("http://api.test") };
        var gateway = new AiGateway(
            new HttpMessageInvoker(StubHandler.Answering(200, sent)), new AiGatewayOptions { Account = account });
        return gateway.RunAsync(Requests.Run(), CancellationToken.None);
    }
}
