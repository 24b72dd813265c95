using System.Globalization;
using Orchestrator.Emulator.Tasks;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Runs;

/// <summary>Every error the emulated gateway answers, in the shape it really has: Cloudflare's, the gateway's or the provider's.</summary>
internal static class Failures
{
    public static GatewayFailure RunNotFound { get; } = new(404, "{\"error\":\"Request not found\"}");

    /// <summary>The first byte did not come within the limit that the caller set.</summary>
    public static GatewayFailure TooSlow { get; } = new(408, "{\"error\":\"Request timed out\"}");

    public static GatewayFailure NoSuchRoute { get; } = Cloudflare(404, 7000, "No route for that URI");

    public static GatewayFailure MalformedRunId { get; } = Gateway(500, 2002, "Internal server error");

    public static GatewayFailure Unauthorized { get; } = Gateway(401, 2009, "Unauthorized");

    public static GatewayFailure NoSuchGateway { get; } = Gateway(400, 2001, "Please configure AI Gateway in the Cloudflare dashboard");

    public static GatewayFailure NoSuchProvider { get; } = Gateway(400, 2008, "Invalid provider");

    public static GatewayFailure NoSuchLog { get; } = Cloudflare(404, 7002, "Log not found");

    public static GatewayFailure NotInCatalog(string model) =>
        Cloudflare(404, 7003, $"Could not route to {model}: no such model on the run catalog.");

    public static GatewayFailure BadRequest(string message) => Cloudflare(400, 7001, message);

    /// <summary>The error of a status: access and catalog errors are Cloudflare's or the gateway's, the rest are the provider's.</summary>
    public static GatewayFailure OfStatus(int status, Wire wire, string model) => status switch
    {
        401 => Unauthorized,
        402 => Cloudflare(402, 2021, "This model is available with your own provider key only."),
        403 => Cloudflare(403, 10000, "Authentication error"),
        404 => NotInCatalog(model),
        _ => Provider(status, wire, ProviderFault.OfStatus(status)),
    };

    public static GatewayFailure ContextLength(Wire wire) => Provider(400, wire, ProviderFault.ContextLength);

    public static GatewayFailure ContentFilter(Wire wire) => Provider(400, wire, ProviderFault.ContentFilter);

    /// <summary>The inputs have not what the model needs.</summary>
    public static GatewayFailure Lacking(Wire wire, string name) =>
        new(400, wire.ErrorBody("", "5006", $"AiError: Bad input: Error: required properties at '/' are '{name}'"));

    public static GatewayFailure BadPicture(Wire wire) => Provider(400, wire, ProviderFault.BadPicture);

    public static GatewayFailure GoOn(Wire wire) => Provider(400, wire, ProviderFault.GoOn);

    public static GatewayFailure Prefill(Wire wire) => Provider(400, wire, ProviderFault.Prefill);

    private static GatewayFailure Provider(int status, Wire wire, ProviderFault fault) => new(status, wire switch
    {
        AnthropicWire => wire.ErrorBody(fault.AnthropicType, null, fault.Message),
        WorkersAiWire or TaskWire => wire.ErrorBody("", Digits(fault.WorkersAiCode), $"{fault.WorkersAiCode}: {fault.Message}"),
        GoogleWire => wire.ErrorBody(fault.GoogleStatus, Digits(status), fault.Message),
        _ => wire.ErrorBody(fault.OpenAiType, fault.OpenAiCode, fault.Message),
    });

    private static GatewayFailure Cloudflare(int status, int code, string message) =>
        new(status, $"{{\"errors\":[{{\"code\":{Digits(code)},\"message\":{Json.Quote(message)}}}],\"success\":false,\"result\":null,\"messages\":[]}}");

    private static GatewayFailure Gateway(int status, int code, string message) =>
        new(status, $"{{\"success\":false,\"result\":[],\"messages\":[],\"error\":[{{\"code\":{Digits(code)},\"message\":{Json.Quote(message)}}}]}}");

    private static string Digits(int number) => number.ToString(CultureInfo.InvariantCulture);
}
