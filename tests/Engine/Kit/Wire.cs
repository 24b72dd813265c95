using System.Text;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Upstream events, written out.</summary>
internal static class Wire
{
    public static byte[] Data(string data) => Encoding.UTF8.GetBytes($"data: {data}\n\n");

    public static byte[] Named(string name, string data) => Encoding.UTF8.GetBytes($"event: {name}\ndata: {data}\n\n");

    /// <param name="escaped">The text as it stands inside a JSON string.</param>
    public static byte[] OpenAi(string escaped) => Data($$$"""{"choices":[{"index":0,"delta":{"content":"{{{escaped}}}"}}]}""");

    public static byte[] Native(string escaped) => Data($$"""{"response":"{{escaped}}"}""");

    public static readonly byte[] Done = Data("[DONE]");
}
