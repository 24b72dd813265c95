using Orchestrator.Gateway;

namespace Orchestrator.Engine.Runs;

/// <summary>What a run's task means for its dispatches. A task that this version does not know is text generation, as it always was.</summary>
public static class RunTasks
{
    /// <summary>Whether a stream is asked for. Where not, the answer is one result, handed on whole.</summary>
    public static bool Streams(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ModelTasks.Parse(spec.Task) is not { } task || ModelTasks.Streams(task);
    }

    /// <summary>See <see cref="RunRequest.Endpoint"/>.</summary>
    public static string? Endpoint(RunSpec spec, string model)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return ModelTasks.Parse(spec.Task) is { } task && ModelSlug.TryParse(model, out var slug) ? ModelTasks.EndpointOf(task, slug) : null;
    }
}
