using System.Net;
using System.Text;
using System.Text.Json;

namespace Orchestrator.Emulator.Tests.Kit;

/// <summary>A response read as far as it came.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Headers">Headers, content headers too.</param>
/// <param name="Body">The bytes that arrived.</param>
/// <param name="Broken">The body ended in an error.</param>
internal sealed record Reply(HttpStatusCode Status, IReadOnlyDictionary<string, string> Headers, byte[] Body, bool Broken)
{
    public string RunId => Headers["cf-aig-run-id"];

    public string LogId => Headers["cf-aig-log-id"];

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonElement Json => JsonElement.Parse(Body);

    public IReadOnlyList<SseEvent> Events => SseEvent.Split(Body);
}
