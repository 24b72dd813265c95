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

    public required ClusterStorageKind Storage { get; init; }

    /// <summary>Of the storage; empty where it needs none.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>Without the connection string, which holds a secret.</summary>
    public override string ToString() => $"ClusterSettings {{ Id = {Id}, Name = {Name}, Storage = {Storage} }}";

    /// <exception cref="SettingsException">The settings can not be followed.</exception>
    public static ClusterSettings Read(IConfiguration settings)
    {
        var section = settings.GetSection("Cluster");
        var storage = ReadStorage(section["Storage"], settings["Journal:Provider"]);
        var address = ReadAddress(section["Address"]);
        var port = ReadPort(section["SiloPort"], address);
        return new ClusterSettings
        {
            Id = section["Id"] ?? "orchestrator",
            ServiceId = section["ServiceId"] ?? "orchestrator",
            Name = section["Name"] ?? string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}-{port}"),
            Address = address,
            SiloPort = port,
            Storage = storage,
            ConnectionString = ReadConnectionString(storage, settings),
        };
    }

    private static ClusterStorageKind ReadStorage(string? text, string? journal)
    {
        var storage = text?.ToUpperInvariant() switch
        {
            null or "" or "LOCALHOST" => ClusterStorageKind.Localhost,
            "POSTGRES" => ClusterStorageKind.Postgres,
            "AZURE" => ClusterStorageKind.Azure,
            _ => throw new SettingsException($"Cluster:Storage is '{text}': give Localhost, Postgres or Azure."),
        };
        return storage == ClusterStorageKind.Localhost || IsShared(journal) ? storage : throw new SettingsException(
            $"Cluster:Storage is {storage}, and the journal is in SQLite: silos share one journal. Set Journal:Provider to {JournalBeside(storage)}.");
    }

    private static bool IsShared(string? journal) =>
        "Postgres".Equals(journal, StringComparison.OrdinalIgnoreCase) || "AzureBlobs".Equals(journal, StringComparison.OrdinalIgnoreCase);

    /// <summary>The journal's connection string is for the same storage.</summary>
    private static string JournalBeside(ClusterStorageKind storage) => storage == ClusterStorageKind.Azure ? "AzureBlobs" : "Postgres";

    private static string ReadConnectionString(ClusterStorageKind storage, IConfiguration settings)
    {
        if (storage == ClusterStorageKind.Localhost)
        {
            return "";
        }

        if (settings["Cluster:ConnectionString"] is { Length: > 0 } own)
        {
            return own;
        }

        var isSame = JournalBeside(storage).Equals(settings["Journal:Provider"], StringComparison.OrdinalIgnoreCase);
        return isSame && settings["Journal:ConnectionString"] is { Length: > 0 } journal ? journal : throw new SettingsException(
            $"Cluster:ConnectionString is missing, which Cluster:Storage {storage} needs: give it"
            + (isSame ? ", or Journal:ConnectionString, which then serves for both." : ". That of the journal is for another storage."));
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
