using Microsoft.Extensions.Configuration;
using Orchestrator.Standalone.Settings;
using Orchestrator.Standalone.Webhooks;

namespace Orchestrator.Webhooks.Tests;

public class OptionsTests
{
    [Theory]
    [InlineData("Secret", "whsec_%%%")]
    [InlineData("Secret", "whsec_")]
    [InlineData("Secret", "")]
    [InlineData("Timeout", "soon")]
    [InlineData("Timeout", "00:00:00")]
    [InlineData("FirstDelay", "-00:00:01")]
    [InlineData("MaxDelay", "00:00:01")]
    [InlineData("GiveUpAfter", "31.00:00:00")]
    [InlineData("MaxConcurrency", "0")]
    [InlineData("MaxConcurrencyPerReceiver", "17")]
    [InlineData("AllowPrivateNetworks", "maybe")]
    public void A_setting_that_can_not_be_followed_stops_the_start_and_is_named(string name, string value)
    {
        var problem = Assert.Throws<SettingsException>(() => Read((name, value)));
        Assert.Contains($"Webhooks:{name}", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("%%%", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_defaults_need_no_section()
    {
        var options = Read();
        Assert.Null(options.ToSigner());
        Assert.True(options.AllowPrivateNetworks);
        Assert.Equal(TimeSpan.FromHours(24), options.GiveUpAfter);
    }

    private static WebhookOptions Read(params (string Key, string Value)[] settings) => WebhookOptions.Read(new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(static setting => KeyValuePair.Create($"Webhooks:{setting.Key}", (string?)setting.Value)))
        .Build());
}
