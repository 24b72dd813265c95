using Microsoft.OpenApi;
using Orchestrator.Api.Auth;
using Orchestrator.Api.Json;
using Orchestrator.Api.Problems;
using static Orchestrator.Api.OpenApi.Schemas;

namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of a browser's session.</summary>
internal static class SessionOperations
{
    public const string SignInSchema = "SignIn";
    public const string SessionSchema = "Session";

    public static readonly OperationText SignIn = new("signIn", Operations.Service, "Sign in with a key; for browsers.")
    {
        Description = $"The answer sets the cookie {SessionCookie.Name}, which stands for the key for twelve hours. A request that changes something "
            + $"with the cookie also needs the header {SessionCookie.CsrfHeader}: 1. A key that is removed from the configuration ends its sessions.",
        Body = SignInSchema,
        Responses =
        [
            new(204, "Signed in.") { Headers = [("Set-Cookie", "HttpOnly; SameSite=Strict; Secure over https.")] },
            ResponseText.Problem(400, ProblemCodes.Invalid),
            ResponseText.Problem(401, ProblemCodes.Unauthorized),
            ResponseText.Problem(413, ProblemCodes.TooLarge),
            ResponseText.Problem(415, ProblemCodes.UnsupportedMediaType),
        ],
    };

    public static readonly OperationText Show = new("getSession", Operations.Service, "Who the caller is.")
    {
        Description = "By the key that is sent, or by the session's cookie.",
        Responses = [new(200, "The caller.", new ContentText(JsonAnswer.ContentType, SessionSchema))],
    };

    public static readonly OperationText SignOut = new("signOut", Operations.Service, "Sign out.")
    {
        Description = "Also where nobody is signed in.",
        Responses = [new(204, "The cookie is taken back."), ResponseText.Problem(403, ProblemCodes.Csrf)],
    };

    public static OpenApiSchema BuildSignIn() => Object(null, ("key", Text("A key of Auth:Keys."))).AllRequired().Closed();

    public static OpenApiSchema BuildSession() => Object(
        "Who calls, and what they may do.",
        ("tenant", Text("Empty where the service has no keys.")),
        ("roles", ListOf(OneOf(null, RoleExtensions.All.Select(static role => role.ToWire())))),
        ("expiresAt", Time("When the session ends; null for a key that is sent by itself, and where the service has no keys.").OrNull()),
        ("open", Flag("The service has no keys and is open to callers on its own machine."))).AllRequired();
}
