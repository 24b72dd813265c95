using System.Diagnostics;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Engine.Tests.Telemetry;

public sealed class TraceContextTests
{
    private const string Parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private static readonly RunId Run = RunId.Parse("run_01KDYK2S48ABCDEFGHJKMNPQRS");

    [Fact]
    public void What_the_caller_sent_is_the_runs_trace_and_parent()
    {
        var context = TraceContext.Read(Parent, "vendor=1")!;
        Assert.Equal(new TraceContext(Parent, "vendor=1"), context);
        var parent = TraceContext.ParentOf(Run, context);
        Assert.Equal(
            ("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7", ActivityTraceFlags.Recorded, "vendor=1"),
            (parent.TraceId.ToHexString(), parent.SpanId.ToHexString(), parent.TraceFlags, parent.TraceState));
        Assert.Equal(parent.TraceId, TraceContext.TraceIdOf(Run, context));
        Assert.Equal(ActivityTraceFlags.None, TraceContext.ParentOf(Run, TraceContext.Read($"{Parent[..^2]}00", null)).TraceFlags);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01")]
    public void Who_sent_none_or_no_valid_one_has_a_trace_that_is_named_after_the_run(string? parent)
    {
        var context = TraceContext.Read(parent, "vendor=1");
        Assert.Null(context);
        Assert.Equal(Convert.ToHexStringLower(Run.ToBytes()), TraceContext.TraceIdOf(Run, context).ToHexString());
        Assert.Equal((default, ActivityTraceFlags.Recorded), (TraceContext.ParentOf(Run, context).SpanId, TraceContext.ParentOf(Run, context).TraceFlags));
    }

    [Fact]
    public void A_state_that_is_too_long_is_left_out_and_the_trace_is_not()
    {
        Assert.Equal(512, TraceContext.Read(Parent, new string('a', 512))!.State!.Length);
        Assert.Equal(new TraceContext(Parent), TraceContext.Read(Parent, new string('a', 513)));
        Assert.Equal(new TraceContext(Parent), TraceContext.Read(Parent, ""));
    }
}
