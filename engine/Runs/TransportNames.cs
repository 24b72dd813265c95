using Orchestrator.Gateway;

namespace Orchestrator.Engine.Runs;

/// <summary>The ways to a model by name, as <c>api.md</c> and the journal write them.</summary>
public static class TransportNames
{
    public const string Run = "run";
    public const string Gateway = "gateway";

    /// <summary>Past the gateway. Not to be asked for: it goes with the model.</summary>
    public const string Direct = "direct";

    public static string Of(TransportKind transport) => transport switch
    {
        TransportKind.Gateway => Gateway,
        TransportKind.Direct => Direct,
        _ => Run,
    };

    /// <summary>What a run asks for; null: nothing.</summary>
    public static TransportKind? Parse(string? name) => name switch
    {
        Run => TransportKind.Run,
        Gateway => TransportKind.Gateway,
        _ => null,
    };
}
