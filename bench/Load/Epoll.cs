using System.Runtime.InteropServices;

namespace Orchestrator.Bench.Load;

/// <summary>
/// The kernel's readiness queue, called directly. Thousands of sockets on one thread with one receive call per packet: the framework's
/// asynchronous sockets would add a second call and a hop each, which on a machine that the measured processes share is theirs.
/// Linux only, like the rest of the benchmarks.
/// </summary>
internal sealed unsafe partial class Epoll : IDisposable
{
    private const int Add = 1;
    private const uint Readable = 0x1;
    private const uint PeerClosed = 0x2000;
    private const int Interrupted = 4;
    private const int MostAtOnce = 1024;

    /// <summary>The kernel packs its struct on x64 and on no other architecture.</summary>
    private static readonly int DataOffset = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? 4 : 8;
    private static readonly int EventSize = DataOffset + sizeof(long);

    private readonly int _queue;
    private readonly byte[] _events = new byte[MostAtOnce * EventSize];

    public Epoll()
    {
        _queue = Create(0);
        ThrowIfFailed(_queue);
    }

    /// <summary>Reports the socket whenever it can be read or is closed, until it is disposed.</summary>
    public void Watch(SafeHandle socket, int tag)
    {
        var entry = stackalloc byte[EventSize];
        *(uint*)entry = Readable | PeerClosed;
        *(long*)(entry + DataOffset) = tag;
        ThrowIfFailed(Control(_queue, Add, (int)socket.DangerousGetHandle(), entry));
    }

    /// <summary>Waits for readable sockets; the tags of them, none when the time is up.</summary>
    public int Wait(Span<int> tags, int milliseconds)
    {
        fixed (byte* events = _events)
        {
            var ready = WaitFor(_queue, events, Math.Min(tags.Length, MostAtOnce), milliseconds);
            if (ready < 0)
            {
                return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw Failure();
            }

            for (var i = 0; i < ready; i++)
            {
                tags[i] = (int)*(long*)(events + (i * EventSize) + DataOffset);
            }

            return ready;
        }
    }

    public void Dispose() => _ = Close(_queue);

    private static void ThrowIfFailed(int result)
    {
        if (result < 0)
        {
            throw Failure();
        }
    }

    private static IOException Failure() => new($"epoll: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc", EntryPoint = "epoll_create1", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(int flags);

    [LibraryImport("libc", EntryPoint = "epoll_ctl", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Control(int queue, int operation, int descriptor, byte* entry);

    [LibraryImport("libc", EntryPoint = "epoll_wait", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int WaitFor(int queue, byte* events, int count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Close(int descriptor);
}
