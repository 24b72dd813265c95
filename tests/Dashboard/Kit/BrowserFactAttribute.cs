using System.Runtime.CompilerServices;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>A test in Chromium: where there is none, or the build left the pages out, the test is reported as left out, with the reason.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        Skip = Chromium.Missing ?? Pages.Missing;
    }
}
