using System.Diagnostics;
using System.Globalization;

namespace Orchestrator.Cluster.Tests.Kit;

/// <summary>
/// A network namespace for each silo, joined by a bridge of this machine: so that silos can be cut off from each other and still reach the
/// database (by its socket), the gateway and their clients. Addresses are of the range for benchmarks, which is routed nowhere.
/// </summary>
internal sealed class SiloNetwork : IAsyncDisposable
{
    /// <summary>What callers must have, as they do not come over loopback.</summary>
    public const string Key = "key-of-the-tests";

    private readonly string _name = string.Create(CultureInfo.InvariantCulture, $"orc{Environment.ProcessId % 100_000}");
    private readonly int _subnet = Environment.ProcessId % 256;
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("network-");
    private readonly int _silos;

    private SiloNetwork(int silos)
    {
        _silos = silos;
        File.WriteAllText(Script, $"""
            #!/bin/sh
            silo=$1; shift
            exec ip netns exec {_name}-$silo "$@" --urls http://198.18.{_subnet}.1$silo:0 --Cluster:Address 198.18.{_subnet}.1$silo \
              --Auth:Keys:0:Tenant default --Auth:Keys:0:Key {Key} --Auth:Keys:0:Roles:0 operate

            """);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Script, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Why there can be none here; null where there can.</summary>
    public static string? Missing =>
        Environment.UserName != "root" ? "Network namespaces are made by root alone: run this test as root."
        : !File.Exists("/usr/sbin/ip") && !File.Exists("/usr/bin/ip") && !File.Exists("/sbin/ip") ? "ip is not installed here (Debian: iproute2)."
        : null;

    /// <summary>Where the gateway listens for the silos.</summary>
    public string Host => Address(0);

    /// <summary>Starts a silo in its namespace and at its address: for <c>CLUSTER_EXEC</c>.</summary>
    public string Script => Path.Combine(_directory.FullName, "in-namespace");

    public static async Task<SiloNetwork> UpAsync(int silos)
    {
        var network = new SiloNetwork(silos);
        try
        {
            var bridge = network._name;
            await IpAsync($"link add {bridge} type bridge");
            await IpAsync($"addr add {network.Host}/24 dev {bridge}");
            await IpAsync($"link set {bridge} up");
            for (var silo = 1; silo <= silos; silo++)
            {
                var space = network.Namespace(silo);
                await IpAsync($"netns add {space}");
                await IpAsync($"link add {space} type veth peer name eth0 netns {space}");
                await IpAsync($"link set {space} master {bridge} up");
                await IpAsync($"-n {space} addr add {network.Address(silo)}/24 dev eth0");
                await IpAsync($"-n {space} link set eth0 up");
                await IpAsync($"-n {space} link set lo up");
            }
        }
        catch
        {
            await network.DisposeAsync();
            throw;
        }

        return network;
    }

    /// <summary>No packet goes between a silo and the others any more, without a word to either.</summary>
    public async Task CutAsync(int silo)
    {
        foreach (var other in Others(silo))
        {
            await IpAsync($"-n {Namespace(silo)} route add blackhole {Address(other)}");
            await IpAsync($"-n {Namespace(other)} route add blackhole {Address(silo)}");
        }
    }

    public async Task JoinAsync(int silo)
    {
        foreach (var other in Others(silo))
        {
            await IpAsync($"-n {Namespace(silo)} route del blackhole {Address(other)}");
            await IpAsync($"-n {Namespace(other)} route del blackhole {Address(silo)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        for (var silo = 1; silo <= _silos; silo++)
        {
            await TryIpAsync($"netns del {Namespace(silo)}");
        }

        await TryIpAsync($"link del {_name}");
        _directory.Delete(recursive: true);
    }

    private IEnumerable<int> Others(int silo) => Enumerable.Range(1, _silos).Where(other => other != silo);

    private string Namespace(int silo) => string.Create(CultureInfo.InvariantCulture, $"{_name}-{silo}");

    private string Address(int silo) => string.Create(CultureInfo.InvariantCulture, $"198.18.{_subnet}.{10 + silo}");

    private static async Task IpAsync(string arguments)
    {
        var (exit, errors) = await TryIpAsync(arguments);
        Assert.True(exit == 0, $"ip {arguments}: {errors}");
    }

    private static async Task<(int Exit, string Errors)> TryIpAsync(string arguments)
    {
        using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        var errors = await ip.StandardError.ReadToEndAsync();
        await ip.WaitForExitAsync();
        return (ip.ExitCode, errors);
    }
}
