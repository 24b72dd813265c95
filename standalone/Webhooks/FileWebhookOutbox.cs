using System.Text.Json;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>One small JSON file per delivery that is owed: <c>run_….json</c>. The directory belongs to one process.</summary>
internal sealed class FileWebhookOutbox : IWebhookOutbox
{
    private const string Extension = ".json";
    private const string UnreadableExtension = ".unreadable";

    /// <summary>One at a time touches the files of a run; as many runs as there are gates are synced together.</summary>
    private readonly SemaphoreSlim[] _gates = [.. Enumerable.Range(0, 16).Select(static _ => new SemaphoreSlim(1))];

    private readonly string _directory;
    private readonly SettledDeliveries _settled;
    private readonly ILogger _log;

    private FileWebhookOutbox(string directory, SettledDeliveries settled, ILogger log)
    {
        _directory = directory;
        _settled = settled;
        _log = log;
    }

    /// <summary>Makes the directory, for its owner alone, and clears away what a crash left half written.</summary>
    /// <param name="rememberFor">How long after a run's submission its settled delivery is remembered.</param>
    /// <exception cref="SettingsException">It can not be used.</exception>
    public static FileWebhookOutbox Open(string directory, TimeSpan rememberFor, TimeProvider clock, ILogger<FileWebhookOutbox> log)
    {
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(directory);
            }
            else
            {
                Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            foreach (var half in Directory.EnumerateFiles(directory, "*" + DurableFiles.TemporaryExtension))
            {
                File.Delete(half);
            }
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            throw new SettingsException(
                $"The webhook outbox '{directory}' can not be used: {failure.Message} Set Data:Directory to one that this user may write.");
        }

        return new FileWebhookOutbox(directory, new SettledDeliveries(Path.Combine(directory, "settled"), rememberFor, clock, log), log);
    }

    public async ValueTask<bool> TryAddAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(delivery, cancellationToken);
        var path = PathOf(delivery);
        if (File.Exists(path) || _settled.Contains(delivery))
        {
            return false;
        }

        try
        {
            DurableFiles.Write(path, WebhookFile.Write(delivery));
            return true;
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            Withdraw(path);
            throw Unavailable(failure);
        }
    }

    public async ValueTask<IReadOnlyList<WebhookDelivery>> ListAsync(CancellationToken cancellationToken)
    {
        string[] paths;
        try
        {
            paths = Directory.GetFiles(_directory, "*" + Extension);
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            throw Unavailable(failure);
        }

        var owed = new List<WebhookDelivery>(paths.Length);
        foreach (var path in paths)
        {
            if (await ReadAsync(path, cancellationToken) is { } delivery)
            {
                owed.Add(delivery);
            }
        }

        owed.Sort(static (left, right) => left.Run.CompareTo(right.Run));
        return owed;
    }

    public async ValueTask RecordAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(delivery, cancellationToken);
        try
        {
            DurableFiles.Write(PathOf(delivery), WebhookFile.Write(delivery));
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            throw Unavailable(failure);
        }
    }

    public async ValueTask SettleAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        using var turn = await EnterAsync(delivery, cancellationToken);
        try
        {
            // In this order: between the two it is settled. Neither is synced: to lose them is a delivery more, under the same id.
            _settled.Add(delivery);
            File.Delete(PathOf(delivery));
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            throw Unavailable(failure);
        }
    }

    private async Task<WebhookDelivery?> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            var delivery = WebhookFile.Read(await File.ReadAllBytesAsync(path, cancellationToken));
            if (Path.GetFileName(path) != Path.GetFileName(PathOf(delivery)))
            {
                throw new FormatException($"It is of another run, {delivery.Run}.");
            }

            if (!_settled.Contains(delivery))
            {
                return delivery;
            }

            File.Delete(path);
        }
        catch (Exception wrong) when (wrong is JsonException or FormatException)
        {
            SetAside(path, wrong.Message);
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            _log.NotRead(Path.GetFileName(path), failure.Message);
        }

        return null;
    }

    /// <summary>
    /// A file may be in its place all the same, only not on disk for certain. Left there, it would tell a repeated submission that all
    /// is well.
    /// </summary>
    private void Withdraw(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            _log.NotWithdrawn(Path.GetFileName(path), failure.Message);
        }
    }

    private void SetAside(string path, string reason)
    {
        try
        {
            File.Move(path, path + UnreadableExtension, overwrite: true);
            _log.SetAside(Path.GetFileName(path), UnreadableExtension, reason);
        }
        catch (Exception failure) when (IsOfStorage(failure))
        {
            _log.NotRead(Path.GetFileName(path), $"{reason} {failure.Message}");
        }
    }

    private async ValueTask<Turn> EnterAsync(WebhookDelivery delivery, CancellationToken cancellationToken)
    {
        var gate = _gates[(uint)delivery.Run.GetHashCode() % (uint)_gates.Length];
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    private string PathOf(WebhookDelivery delivery) => Path.Combine(_directory, delivery.Run + Extension);

    private JournalUnavailableException Unavailable(Exception failure) =>
        new($"The webhook outbox '{_directory}' can not be used: {failure.Message}", failure);

    private static bool IsOfStorage(Exception failure) => failure is IOException or UnauthorizedAccessException;

    private readonly struct Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
