using System.Net;
using System.Net.Sockets;

namespace Orchestrator.Bench.Processes;

/// <summary>A port of loopback that the system says is free. Known before a process starts, so that it can start again on the same one.</summary>
internal static class FreePort
{
    public static int Next()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
