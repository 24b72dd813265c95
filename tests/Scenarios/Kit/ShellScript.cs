using System.Diagnostics;

namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>Lines for a shell, as a document prints them.</summary>
internal static class ShellScript
{
    /// <returns>What they wrote to standard output.</returns>
    public static async Task<byte[]> RunAsync(string script, string directory)
    {
        var start = new ProcessStartInfo("bash")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
            WorkingDirectory = directory,
        };
        using var shell = Process.Start(start)!;
        await shell.StandardInput.WriteAsync(script);
        shell.StandardInput.Close();
        using var output = new MemoryStream();
        await shell.StandardOutput.BaseStream.CopyToAsync(output);
        await shell.WaitForExitAsync();
        return output.ToArray();
    }
}
