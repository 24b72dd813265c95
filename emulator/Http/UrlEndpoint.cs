namespace Orchestrator.Emulator.Http;

/// <summary><c>GET /gateways/{gateway}/url?provider=P</c>: the binding's <c>getUrl</c>, its answer as a JSON string.</summary>
internal static class UrlEndpoint
{
    private const string Account = "0123456789abcdef0123456789abcdef";

    public static Task InvokeAsync(HttpContext context)
    {
        var provider = context.Request.Query["provider"].ToString();
        var url = $"https://gateway.ai.cloudflare.com/v1/{Account}/{context.Request.RouteValues["gateway"]}/{provider}";
        return Replies.JsonAsync(context, url, EmulatorJson.Default.String);
    }
}
