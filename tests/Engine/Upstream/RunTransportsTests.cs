using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Engine.Tests.Upstream;

/// <summary>The way that an attempt is journaled with is the way that its dispatch takes.</summary>
public sealed class RunTransportsTests
{
    [Fact]
    public void Each_leg_has_its_own()
    {
        var spec = new RunSpec { Model = "openai/a", Fallback = new FallbackSpec { Models = ["mistral/b", "@cf/c/d"] } };

        Assert.Equal("run", Started(spec, leg: 0));
        Assert.Equal("gateway", Started(spec, leg: 1));
        Assert.Equal("run", Started(spec, leg: 2));
    }

    [Fact]
    public void What_needs_the_gateway_path_is_on_it()
    {
        var plain = new RunSpec { Model = "openai/a" };

        Assert.Equal("gateway", Started(plain with { Transport = "gateway" }));
        Assert.Equal("gateway", Started(plain with { Gateway = new GatewaySpec { CacheTtl = 0 } }));
        Assert.Equal("gateway", Started(plain with { Gateway = new GatewaySpec { SkipCache = true } }));
        Assert.Equal("gateway", Started(plain with { Byok = true }));
        Assert.Equal("gateway", Started(plain with { ByokAlias = "mine" }));
        Assert.Equal("gateway", Started(plain with { Fallback = new FallbackSpec { Mode = "server", Models = ["openai/b"] } }));
        Assert.Equal("run", Started(plain with { Fallback = new FallbackSpec { Mode = "server" } }));
    }

    private static string Started(RunSpec spec, int leg = 0) =>
        TransportNames.Of(RunTransports.Of(spec, spec.ModelOf(leg)));
}
