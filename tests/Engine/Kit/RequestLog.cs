using System.Net;
using System.Text;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Keeps every request as it would leave, and answers with an empty document.</summary>
internal sealed class RequestLog : HttpMessageHandler
{
    public List<(Uri Url, Dictionary<string, string> Headers, string Body)> Requests { get; } = [];

    public (Uri Url, Dictionary<string, string> Headers, string Body) Single => Assert.Single(Requests);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Add((
            request.RequestUri!,
            request.Headers.ToDictionary(static header => header.Key, static header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase),
            body));
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}", Encoding.UTF8, "application/json") };
    }
}
