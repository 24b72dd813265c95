using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using Orchestrator.Emulator.Runs;

namespace Orchestrator.Emulator.Http;

/// <summary>Lets in who has the secret, if one is configured.</summary>
internal sealed class BearerFilter(IOptions<EmulatorOptions> options)
{
    private const string Scheme = "Bearer ";

    private readonly byte[]? _expected = string.IsNullOrEmpty(options.Value.Secret) ? null : Hash(options.Value.Secret);

    public Task InvokeAsync(HttpContext context, RequestDelegate next) => InvokeAsync(context, HeaderNames.Authorization, next);

    /// <param name="context">The request.</param>
    /// <param name="header">The header that has the secret as a bearer token.</param>
    /// <param name="next">Called with it.</param>
    public async Task InvokeAsync(HttpContext context, string header, RequestDelegate next)
    {
        if (_expected is null || HasSecret(context.Request.Headers[header].ToString(), _expected))
        {
            await next(context);
            return;
        }

        await Replies.FailAsync(context, Failures.Unauthorized);
    }

    // Of hashes, so that neither the time taken nor an early exit tells how long the secret is or where a guess goes wrong.
    private static bool HasSecret(string header, byte[] expected) =>
        header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Hash(header[Scheme.Length..].Trim()), expected);

    private static byte[] Hash(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
