namespace Orchestrator.Client.Tests.Kit;

/// <summary>A request as the fake service got it.</summary>
internal sealed record SeenRequest(string Method, string Path, string Query, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Line => $"{Method} {Path}{Query}";

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}
