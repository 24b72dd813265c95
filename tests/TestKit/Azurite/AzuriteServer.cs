using System.Diagnostics;
using Orchestrator.TestKit.Npm;

namespace Orchestrator.TestKit.Azurite;

/// <summary>Azurite's blobs and tables as a process of its own, with all it keeps in its memory; ended by its id.</summary>
public sealed class AzuriteServer : IAsyncDisposable
{
    /// <summary>The account that every Azurite has, and its published key.</summary>
    private const string Account = "devstoreaccount1";
    private const string Key = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==";
    private const string Blobs = "Azurite Blob service is successfully listening at ";
    private const string Tables = "Azurite Table service is successfully listening at ";
    private static readonly TimeSpan StartLimit = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly TaskCompletionSource<string> _blobs = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _tables = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteServer(string script)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            ArgumentList =
            {
                script, "--blobHost", "127.0.0.1", "--blobPort", "0", "--queueHost", "127.0.0.1", "--queuePort", "0",
                "--tableHost", "127.0.0.1", "--tablePort", "0", "--inMemoryPersistence", "--skipApiVersionCheck", "--disableTelemetry", "--silent",
            },
        };
        _process = new Process { StartInfo = start, EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) =>
        {
            Find(line.Data, Blobs, _blobs);
            Find(line.Data, Tables, _tables);
        };
        _process.Exited += (_, _) =>
        {
            _blobs.TrySetException(new InvalidOperationException("Azurite ended before it listened."));
            _tables.TrySetException(new InvalidOperationException("Azurite ended before it listened."));
        };
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Why there can be no server here; null where there can.</summary>
    public static string? Missing { get; } = NpmPackages.IsInstalled
        ? null
        : "npm is not on the PATH: install Node.js and npm (Debian: nodejs npm) to run Azurite.";

    public string ConnectionString { get; private set; } = "";

    public static async Task<AzuriteServer> StartAsync()
    {
        var packages = new NpmPackages(Path.Combine("tests", "TestKit", "Azurite", "npm"));
        await packages.InstallAsync();
        var server = new AzuriteServer(Path.Combine(packages.Root, "node_modules", "azurite", "dist", "src", "azurite.js"));
        try
        {
            var blobs = await server._blobs.Task.WaitAsync(StartLimit);
            var tables = await server._tables.Task.WaitAsync(StartLimit);
            server.ConnectionString = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={Key};"
                + $"BlobEndpoint={blobs}/{Account};TableEndpoint={tables}/{Account};";
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static void Find(string? line, string listening, TaskCompletionSource<string> address)
    {
        if (line?.IndexOf(listening, StringComparison.Ordinal) is >= 0 and var at)
        {
            address.TrySetResult(line[(at + listening.Length)..].Trim());
        }
    }
}
