using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Webhooks.Tests.Kit;

internal static class Views
{
    public static RunView Started(RunId id, DateTimeOffset now, WebhookSpec? webhook) => new()
    {
        Id = id,
        TraceId = "0af7651916cd43dd8448eb211c80319c",
        Status = RunStatus.Running,
        Spec = new RunSpec { Model = "openai/gpt-5-mini", Webhook = webhook },
        Inputs = new RunInputs(default, RunInputs.None),
        Seq = 2,
        EventOffset = 0,
        CreatedAt = now,
        StartedAt = now,
        Output = new Answer(),
    };

    public static RunView Ended(RunView run, DateTimeOffset now, RunStatus status) => run with
    {
        Status = status,
        EndedAt = now,
        Output = new Answer { Text = "It's \"done\", naïve 世界." },
        FinishReason = status == RunStatus.Completed ? "stop" : null,
        Usage = new TokenCounts { InputTokens = 7, OutputTokens = 120, TotalTokens = 127 },
        Error = status == RunStatus.Failed ? new RunError { Code = "upstream", Message = "It broke." } : null,
    };
}
