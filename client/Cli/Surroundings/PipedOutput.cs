using System.Runtime.InteropServices;

namespace Orchestrator.Cli;

/// <summary>
/// Standard output to a program, which may have enough (<c>| head</c>). The runtime ignores SIGPIPE and passes over the error, so that a
/// watch would go on for nobody: here it ends the process as the signal would have.
/// </summary>
internal sealed partial class PipedOutput(Stream output) : Stream
{
    private const int StandardOutput = 1;
    private const short Gone = 0x08 | 0x10 | 0x20; // POLLERR, POLLHUP, POLLNVAL

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        output.Write(buffer);
        EndIfNobodyReads();
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private static void EndIfNobodyReads()
    {
        var descriptor = new PollDescriptor { Descriptor = StandardOutput };
        if (Poll(ref descriptor, 1, 0) > 0 && (descriptor.Happened & Gone) != 0)
        {
            Environment.Exit(ExitCode.BrokenPipe);
        }
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(ref PollDescriptor descriptor, nuint count, int timeout);

    /// <summary><c>struct pollfd</c>. Errors are told without being asked for.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Asked;
        public short Happened;
    }
}
