using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>What a person is told of a lost connection.</summary>
internal static class DropNote
{
    public static string Of(WatchDrop drop) => $"{Reason(drop)}; trying again in {Quantity.Of(drop.Delay)}";

    private static string Reason(WatchDrop drop) => drop.Reason switch
    {
        DropReason.NotConnected => "the service can not be reached",
        DropReason.Busy => "the service is busy",
        DropReason.Broken => "the connection to the service broke",
        DropReason.EndedEarly => "the service closed the stream before the run ended",
        DropReason.Silent => "the service fell silent",
        _ => "the stream was lost",
    };
}
