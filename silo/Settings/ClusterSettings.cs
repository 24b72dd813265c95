using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Silo.Settings;

/// <summary>The section <c>Cluster</c>: which cluster this silo belongs to, and how the others reach it.</summary>
internal sealed record ClusterSettings
{
    /// <summary>The cluster: silos with the same id and the same storage find each other.</summary>
    public required string Id { get; init; }

    /// <summary>Whose grain state and reminders they are; the same over all upgrades.</summary>
    public required string ServiceId { get; init; }

    /// <summary>For logs and the membership table.</summary>
    public required string Name { get; init; }

    /// <summary>What the other silos connect to.</summary>
    public required IPAddress Address { get; init; }

    public required int SiloPort { get; init; }

    /// <summary>Null: one silo by itself, with nothing that outlives it but its journal.</summary>
    public string? Postgres { get; init; }

    /// <exception cref="SettingsException">The settings can not be followed.</exception>
    public static ClusterSettings Read(IConfiguration settings)
    {
        var section = settings.GetSection("Cluster");
        var postgres = ReadPostgres(section, settings);
        var address = ReadAddress(section["Address"]);
        var port = ReadPort(section["SiloPort"], address);
        return new ClusterSettings
        {
            Id = section["Id"] ?? "orchestrator",
            ServiceId = section["ServiceId"] ?? "orchestrator",
            Name = section["Name"] ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{port}"),
            Address = address,
            SiloPort = port,
            Postgres = postgres,
        };
    }

    private static string? ReadPostgres(IConfigurationSection section, IConfiguration settings)
    {
        var storage = section["Storage"];
        if (string.IsNullOrEmpty(storage) || storage.Equals("Localhost", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (!storage.Equals("Postgres", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException($"Cluster:Storage is '{storage}': give Localhost or Postgres.");
        }

        if (!"Postgres".Equals(settings["Journal:Provider"], StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException("Cluster:Storage is Postgres, and the journal is not: silos share one journal. Set Journal:Provider to Postgres.");
        }

        return section["ConnectionString"] ?? settings["Journal:ConnectionString"]
            ?? throw new SettingsException("Cluster:ConnectionString is missing, and Journal:ConnectionString as well: give one of them.");
    }

    private static IPAddress ReadAddress(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return IPAddress.Loopback;
        }

        if (IPAddress.TryParse(text, out var address))
        {
            return address;
        }

        try
        {
            return Dns.GetHostAddresses(text, AddressFamily.InterNetwork) is [var first, ..]
                ? first
                : throw new SettingsException($"Cluster:Address is '{text}', which has no IPv4 address.");
        }
        catch (SocketException unknown)
        {
            throw new SettingsException($"Cluster:Address is '{text}', which can not be resolved: {unknown.Message}");
        }
    }

    private static int ReadPort(string? text, IPAddress address)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 11111;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) || port > ushort.MaxValue)
        {
            throw new SettingsException($"Cluster:SiloPort is '{text}': give a port, or 0 for one that is free.");
        }

        return port == 0 ? Free(address) : port;
    }

    /// <summary>It must be known before the silo listens, since it is part of its address.</summary>
    private static int Free(IPAddress address)
    {
        using var listener = new TcpListener(address, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
