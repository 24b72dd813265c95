using System.Runtime.CompilerServices;
using Orchestrator.TestKit.Workers;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>A test that needs the Workers runtime: where it can not be had, the test is reported as left out, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BridgeFactAttribute : FactAttribute
{
    public BridgeFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = BridgeWorker.Missing;
    }
}
