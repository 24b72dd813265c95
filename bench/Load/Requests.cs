using System.Globalization;
using System.Text;

namespace Orchestrator.Bench.Load;

/// <summary>The requests of a load client, as bytes.</summary>
internal sealed class Requests(LoadSpec spec)
{
    private const string Question = "{\"messages\":[{\"role\":\"user\",\"content\":\"Say something long.\"}],\"stream\":true}";

    /// <summary>The request that a client begins with.</summary>
    public byte[] First(string key) => spec.Route switch
    {
        LoadRoute.Read => Get(spec.Path),
        LoadRoute.Bridge => Post(
            "/run",
            $"{{\"model\":\"{spec.Model}\",\"inputs\":{Question},\"options\":{{\"gateway\":{{\"id\":\"default\",\"metadata\":{{\"run\":\"{key}\"}}}}}}}}"),
        _ => Post(
            "/v1/runs",
            $"{{\"model\":\"{spec.Model}\",\"input\":{Question},\"gateway\":{{\"metadata\":{{\"run\":\"{key}\"}}}}}}"),
    };

    /// <summary>The request for a submitted run's stream from an event on.</summary>
    public byte[] Follow(string location, long from)
    {
        var path = location + (spec.Route == LoadRoute.Events ? "/events" : "/stream");
        return Get(from == 0 ? path : string.Create(CultureInfo.InvariantCulture, $"{path}?from={from}"));
    }

    private static byte[] Get(string path) => Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

    private byte[] Post(string path, string body) => Encoding.ASCII.GetBytes(
        string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n")
        + (spec.Route == LoadRoute.Answer ? "Accept: text/event-stream\r\n\r\n" : "\r\n")
        + body);
}
