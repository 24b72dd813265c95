using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Tests.Kit;

/// <summary>Runs to start from.</summary>
internal static class Sample
{
    public const string Model = "openai/gpt-5-mini";

    public const string Input = """{"messages":[{"role":"user","content":"Hi"}]}""";

    public static readonly DateTimeOffset Time = new(2026, 11, 21, 12, 0, 0, 250, TimeSpan.Zero);

    public static readonly RunId Id = RunId.Parse("run_01JCZ5T8M0ABCDEFGHJKMNPQRS");

    public static readonly RunId OtherId = RunId.Parse("run_01JCZ5T8M0ABCDEFGHJKMNPQRT");

    /// <summary>A minimal submission.</summary>
    public static string Body(string more = "") => $$"""{"model":"{{Model}}","input":{{Input}}{{(more.Length > 0 ? "," + more : "")}}}""";

    public static RunView Run(RunStatus status = RunStatus.Running) => new()
    {
        Id = Id,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        Status = status,
        Spec = new RunSpec { Model = Model },
        Inputs = new RunInputs(Encoding.UTF8.GetBytes(Input), RunInputs.None),
        Seq = 128,
        EventOffset = 120,
        CreatedAt = Time,
        StartedAt = Time,
        EndedAt = status.IsEnded() ? Time.AddSeconds(3) : null,
        Output = new Answer { Text = "Hello" },
        Attempts = [Attempt()],
    };

    public static AttemptReport Attempt() => new()
    {
        Attempt = 1,
        Leg = 0,
        Model = Model,
        Transport = "run",
        Resumable = true,
        GatewayRunId = "gw1",
        GatewayLogId = "log1",
        StartedAt = Time,
        FirstEventAt = Time.AddMilliseconds(300),
        Events = 120,
        Reattaches = 1,
    };
}
