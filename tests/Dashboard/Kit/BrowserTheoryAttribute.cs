using System.Runtime.CompilerServices;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>As <see cref="BrowserFactAttribute"/>, for a test with cases.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserTheoryAttribute : TheoryAttribute
{
    public BrowserTheoryAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Chromium.Missing ?? Pages.Missing;
    }
}
