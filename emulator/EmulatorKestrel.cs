namespace Orchestrator.Emulator;

/// <summary>How a server is set up that runs the emulator alone.</summary>
internal static class EmulatorKestrel
{
    public static void UseEmulatorKestrel(this IWebHostBuilder host)
    {
        host.UseKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxConcurrentConnections = null;
        });
        host.UseSockets(static sockets =>
        {
            // A flush ends when the bytes are in the socket: a connection dropped after N bytes has sent N, and a slow reader is felt at once.
            sockets.MaxWriteBufferSize = 1;

            // A write is one system call on the thread that makes it, no hop to another.
            sockets.UnsafePreferInlineScheduling = true;
        });
    }
}
