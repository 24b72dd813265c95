using System.Net;
using Orchestrator.Standalone.Webhooks;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public class PrivateNetworkTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("2130706433")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task A_receiver_in_a_private_network_is_refused_where_those_are_not_allowed(string host)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync(("AllowPrivateNetworks", "false"));

        await service.SubmitEndedAsync($"http://{host}:{receiver.Address.Port}/");
        var failed = await service.Logs.SeenAsync("TryFailed");

        Assert.Contains("Webhooks:AllowPrivateNetworks", failed.Text, StringComparison.Ordinal);
        Assert.Equal(0, receiver.Count);
    }

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("10.1.2.3")]
    [InlineData("100.64.0.1")]
    [InlineData("127.255.255.255")]
    [InlineData("169.254.169.254")]
    [InlineData("172.16.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("198.18.0.1")]
    [InlineData("224.0.0.1")]
    [InlineData("255.255.255.255")]
    [InlineData("::")]
    [InlineData("::1")]
    [InlineData("::127.0.0.1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("::ffff:10.0.0.1")]
    [InlineData("64:ff9b::10.0.0.1")]
    [InlineData("64:ff9b:1::1")]
    [InlineData("2002:7f00:1::1")]
    [InlineData("2001::1")]
    [InlineData("fc00::1")]
    [InlineData("fd12:3456::1")]
    [InlineData("fe80::1%1")]
    [InlineData("fec0::1")]
    [InlineData("ff02::1")]
    public void Addresses_that_are_not_of_the_public_internet(string address) =>
        Assert.True(PrivateNetworks.Contain(IPAddress.Parse(address)));

    [Theory]
    [InlineData("1.1.1.1")]
    [InlineData("172.15.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("100.63.255.255")]
    [InlineData("192.0.1.1")]
    [InlineData("223.255.255.255")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::8.8.8.8")]
    [InlineData("2002:808:808::1")]
    [InlineData("2606:4700::1111")]
    public void Addresses_of_the_public_internet(string address) => Assert.False(PrivateNetworks.Contain(IPAddress.Parse(address)));
}
