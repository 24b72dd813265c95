using Orchestrator.Grains.Contract;
using Orleans;
using Orleans.Runtime;

namespace Orchestrator.Grains.Tests.Kit;

/// <summary>The next so many calls that are to wake a run do not reach it, as while a directory is sorted out.</summary>
internal sealed class RefusedWakes : IOutgoingGrainCallFilter
{
    private int _left;

    public int Left
    {
        get => Volatile.Read(ref _left);
        set => Volatile.Write(ref _left, value);
    }

    /// <summary>What who calls gets instead.</summary>
    public Exception Failure { get; set; } = new SiloUnavailableException("The silo where it was is gone.");

    public Task Invoke(IOutgoingGrainCallContext context) =>
        context.InterfaceMethod.Name == nameof(IRunGrain.WakeAsync) && Refuses() ? throw Failure : context.Invoke();

    private bool Refuses()
    {
        for (var left = Left; left > 0; left = Left)
        {
            if (Interlocked.CompareExchange(ref _left, left - 1, left) == left)
            {
                return true;
            }
        }

        return false;
    }
}
