using System.Runtime.InteropServices;

namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>
/// A data directory whose space a test takes away and gives back: on a small file system of its own where this machine lets us mount one,
/// and otherwise by forbidding the process to write to files, which fails with another error at the same places.
/// </summary>
internal sealed partial class ScarceDisk : IDisposable
{
    private const int FileSizeLimit = 1;
    private const int DetachWhenUnused = 2;
    private const string Size = "size=16m";

    private readonly TemporaryDirectory _directory = new();
    private readonly bool _isMounted;
    private int _limited;

    public ScarceDisk(bool mount = true) => _isMounted = mount && Mount("tmpfs", _directory.FullPath, "tmpfs", 0, Size) == 0;

    public string Data => Path.Combine(_directory.FullPath, "data");

    /// <summary>What the service says that it lacks.</summary>
    public string Reason => _isMounted ? "There is no room for the journal" : "The journal";

    private string Filler => Path.Combine(_directory.FullPath, "filler");

    public void Fill(ServiceProcess service)
    {
        if (!_isMounted)
        {
            _limited = service.Id;
            Limit(0);
            return;
        }

        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var page = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(page);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    public void Free()
    {
        if (_isMounted)
        {
            File.Delete(Filler);
        }
        else if (_limited != 0)
        {
            Limit(ulong.MaxValue);
        }
    }

    /// <summary>A process that was killed takes its limit with it.</summary>
    public void Forget() => _limited = 0;

    public void Dispose()
    {
        if (_isMounted)
        {
            _ = Unmount(_directory.FullPath, DetachWhenUnused);
        }

        _directory.Dispose();
    }

    private void Limit(ulong bytes)
    {
        var limit = new ResourceLimit { Soft = bytes, Hard = ulong.MaxValue };
        Assert.True(SetLimit(_limited, FileSizeLimit, limit, 0) == 0, $"prlimit failed with {Marshal.GetLastPInvokeError()}.");
    }

    [LibraryImport("libc", EntryPoint = "mount", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Mount(string source, string target, string type, ulong flags, string data);

    [LibraryImport("libc", EntryPoint = "umount2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unmount(string target, int flags);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int SetLimit(int process, int resource, in ResourceLimit limit, nint old);

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }
}
