using System.Runtime.CompilerServices;
using Orchestrator.TestKit.Workers;

namespace Orchestrator.Bridge.Tests.Kit;

/// <summary>See <see cref="BridgeFactAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BridgeTheoryAttribute : TheoryAttribute
{
    public BridgeTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = BridgeWorker.Missing;
    }
}
