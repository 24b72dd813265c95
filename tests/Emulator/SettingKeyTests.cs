using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests;

public sealed class SettingKeyTests
{
    [Theory]
    [InlineData("nope=1", "'nope'")]
    [InlineData("", "''")]
    [InlineData("events=-1", "'events'")]
    [InlineData("events=many", "'events'")]
    [InlineData("rate=-1", "'rate'")]
    [InlineData("rate=NaN", "'rate'")]
    [InlineData("drop", "'drop'")]
    [InlineData("drop=5xx", "'drop'")]
    [InlineData("dropevery=0", "'dropevery'")]
    [InlineData("status=200", "'status'")]
    [InlineData("wire=smtp", "'wire'")]
    [InlineData("comments=loud", "'comments'")]
    [InlineData("nodone=maybe", "'nodone'")]
    public async Task A_key_or_value_that_does_not_exist_is_refused_by_name_and_nothing_is_dispatched(string key, string named)
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync("openai/gpt~" + key);

        Assert.Equal(400, (int)reply.Status);
        Assert.Contains(named, reply.Json.GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, bridge.Counters.Dispatches);
    }

    [Fact]
    public void A_value_says_how_often_its_fault_strikes()
    {
        static Fault? Drop(string value) => SettingKeys.Set(new(), "drop", value).Drop;

        Assert.Equal(new Fault(9, 1), Drop("9"));
        Assert.Equal(new Fault(9, 3), Drop("9x3"));
        Assert.Equal(new Fault(9, 0), Drop("9x0"));
        Assert.Equal(new Fault(9, 0), Drop("9x*"));
        Assert.Equal(new Fault(1, 2), SettingKeys.Set(new(), "refuse", "x2").Refuse);
        Assert.Null(SettingKeys.Set(new(), "refuse", "false").Refuse);
        Assert.True(new Fault(1, 0).StrikesAt(1000));
        Assert.True(new Fault(1, 2).StrikesAt(1));
        Assert.False(new Fault(1, 2).StrikesAt(2));
    }

    [Fact]
    public void A_model_name_is_a_slug_and_its_keys()
    {
        var name = ModelName.Parse("openrouter/anthropic/claude~events=2~tool");

        Assert.Equal("openrouter/anthropic/claude", name.Slug);
        Assert.Equal("openrouter", name.Provider);
        Assert.Equal("anthropic/claude", name.NameAtProvider);
        Assert.Equal([KeyValuePair.Create("events", "2"), KeyValuePair.Create("tool", "")], name.Keys);
    }
}
