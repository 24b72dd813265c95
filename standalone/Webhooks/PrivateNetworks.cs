using System.Net;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>Addresses that are not of the public Internet (the special-purpose registries of RFC 6890, and multicast).</summary>
internal static class PrivateNetworks
{
    private static readonly IPNetwork[] Networks =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "::/96", "100::/64", "2001:db8::/32", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(static network => IPNetwork.Parse(network)),
    ];

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork LocalNat64 = IPNetwork.Parse("64:ff9b:1::/48");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");
    private static readonly IPNetwork Teredo = IPNetwork.Parse("2001::/32");

    public static bool Contain(IPAddress address)
    {
        // The zone of a link-local address would keep it out of its own network.
        var plain = new IPAddress(address.GetAddressBytes());
        if (plain.IsIPv4MappedToIPv6)
        {
            plain = plain.MapToIPv4();
        }

        return Networks.Any(network => network.Contains(plain)) || LocalNat64.Contains(plain) || Teredo.Contains(plain)
            || (Nat64.Contains(plain) && Contain(Embedded(plain, 12)))
            || (SixToFour.Contains(plain) && Contain(Embedded(plain, 2)));
    }

    private static IPAddress Embedded(IPAddress address, int at) => new(address.GetAddressBytes().AsSpan(at, 4));
}
