using System.Globalization;

namespace Orchestrator.Gateway;

/// <summary><c>GET /ai-gateway/gateways/{gateway}/run/{runId}/resume?from=N</c>, at whichever base URL has it.</summary>
internal static class ResumeCall
{
    public static async Task<GatewayReply> SendAsync(
        HttpChannel channel, ReplyReader replies, ResumeRequest request, SecretScrubber scrubber, CancellationToken ct)
    {
        var problem = PathSegment.Problem(request.Gateway) ?? PathSegment.Problem(request.RunId)
            ?? (request.From < 0 ? "A run is resumed from event 0 or later." : null);
        if (problem is not null)
        {
            return new FailureReply { Error = GatewayError.Refused(problem) };
        }

        var path = string.Create(
            CultureInfo.InvariantCulture,
            $"/ai-gateway/gateways/{Uri.EscapeDataString(request.Gateway)}/run/{Uri.EscapeDataString(request.RunId)}/resume?from={request.From}");
        using var message = channel.Request(HttpMethod.Get, path);
        var context = new ReplyContext
        {
            Transport = TransportKind.Run,
            Wire = _ => request.Wire,
            CanResume = true,
            StreamUntold = true,
            Scrubber = scrubber,
        };
        return await replies.SendAsync(message, context, resume: true, ct).ConfigureAwait(false);
    }
}
