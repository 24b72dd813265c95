using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Orchestrator.Api.Tests.Auth;

/// <summary>Keys that are configured wrong stop the service at its start, instead of leaving it open.</summary>
public sealed class KeySettingsTests
{
    private const string Secret = "very-secret";

    [Theory]
    [InlineData("Auth:Keys=very-secret", "Auth:Keys is a text")]
    [InlineData("Auth=very-secret", "Auth:Keys is a text")]
    [InlineData("Auth:Key=very-secret", "Auth:Key is no setting")]
    [InlineData("Auth:Keys:0=very-secret", "Auth:Keys:0:Tenant")]
    [InlineData("Auth:Keys:0:Key=very-secret|Auth:Keys:0:Roles:0=read", "Auth:Keys:0:Tenant")]
    [InlineData("Auth:Keys:0:Tenant= |Auth:Keys:0:Key=very-secret|Auth:Keys:0:Roles:0=read", "Auth:Keys:0:Tenant")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Roles:0=read", "either Key or KeyHash")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=|Auth:Keys:0:Roles:0=read", "either Key or KeyHash")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret|Auth:Keys:0:KeyHash=sha256:00|Auth:Keys:0:Roles:0=read", "either Key or KeyHash")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret é|Auth:Keys:0:Roles:0=read", "Auth:Keys:0:Key can not be sent")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:KeyHash=very-secret|Auth:Keys:0:Roles:0=read", "Auth:Keys:0:KeyHash is no hash")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:KeyHash=sha256:zz00000000000000000000000000000000000000000000000000000000000000|Auth:Keys:0:Roles:0=read", "Auth:Keys:0:KeyHash is no hash")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret", "Auth:Keys:0:Roles is no list")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret|Auth:Keys:0:Roles=read", "Auth:Keys:0:Roles is no list")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret|Auth:Keys:0:Roles:0=admin", "Auth:Keys:0:Roles:0 is 'admin': give submit, read or operate")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret|Auth:Keys:0:Role:0=read", "Auth:Keys:0:Role is no setting")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=very-secret|Auth:Keys:0:Roles:0=read|Auth:Keys:1:Tenant=b|Auth:Keys:1:Key=very-secret|Auth:Keys:1:Roles:0=read", "Auth:Keys:1 has the key of another entry")]
    [InlineData("Api:MaxBodyBytes=0", "Api:MaxBodyBytes")]
    [InlineData("Api:MaxBodyBytes=lots", "Api")]
    [InlineData("Api:MaxDepth=65", "Api:MaxDepth")]
    [InlineData("Api:MaxWait=02:00:00", "Api:MaxWait")]
    [InlineData("Api:MaxListLimit=0", "Api:MaxListLimit")]
    [InlineData("Api:DefaultListLimit=201", "Api:DefaultListLimit")]
    [InlineData("Api:MaxBodyByte=1", "MaxBodyByte")]
    public void A_setting_that_can_not_be_followed_is_named_without_the_key(string settings, string named)
    {
        var problem = Assert.Throws<ApiSettingsException>(() => Add(settings));

        Assert.Contains(named, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Auth:Keys=")]
    [InlineData("Auth:Keys:0:Tenant=a|Auth:Keys:0:Key=k|Auth:Keys:0:Roles:0=READ|Auth:Keys:0:Roles:1=submit")]
    [InlineData("auth:keys:0:tenant=a|auth:keys:0:keyhash=SHA256:0000000000000000000000000000000000000000000000000000000000000000|auth:keys:0:roles:0=operate")]
    [InlineData("Api:MaxBodyBytes=1048576|Api:MaxWait=00:02:00")]
    public void Settings_in_order_are_taken(string settings) => Add(settings);

    private static void Add(string settings)
    {
        var pairs = settings.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(static setting => setting.Split('=', 2));
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(pairs.Select(static pair => KeyValuePair.Create(pair[0], (string?)pair[1])))
            .Build();
        new ServiceCollection().AddOrchestratorApi(configuration);
    }
}
