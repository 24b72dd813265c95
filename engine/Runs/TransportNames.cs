using Orchestrator.Gateway;

namespace Orchestrator.Engine.Runs;

/// <summary>The two ways to a model by name, as <c>api.md</c> and the journal write them.</summary>
public static class TransportNames
{
    public const string Run = "run";
    public const string Gateway = "gateway";

    public static string Of(TransportKind transport) => transport == TransportKind.Gateway ? Gateway : Run;

    /// <summary>Null: none was asked for.</summary>
    public static TransportKind? Parse(string? name) => name switch
    {
        Run => TransportKind.Run,
        Gateway => TransportKind.Gateway,
        _ => null,
    };
}
