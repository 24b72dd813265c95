using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Submit;

/// <summary>The words of <c>api.md</c> for the choices that a submission makes, to read them and to show them.</summary>
internal static class ChoiceNames
{
    public static readonly (string Name, StreamPolicy Value)[] StreamPolicies =
    [
        ("error", StreamPolicy.Error),
        ("accept-partial", StreamPolicy.AcceptPartial),
        ("restart", StreamPolicy.Restart),
        ("continue", StreamPolicy.Continue),
    ];

    public static readonly (string Name, Backoff Value)[] Backoffs =
    [
        ("constant", Backoff.Constant),
        ("linear", Backoff.Linear),
        ("exponential", Backoff.Exponential),
    ];

    public static string? Of<T>((string Name, T Value)[] choices, T? value)
        where T : struct, Enum =>
        value is { } chosen ? Array.Find(choices, choice => EqualityComparer<T>.Default.Equals(choice.Value, chosen)).Name : null;
}
