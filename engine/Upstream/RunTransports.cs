using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Upstream;

/// <summary>A run's fields as the question which way its requests take (<c>gateway.md</c> §5). Pure.</summary>
public static class RunTransports
{
    /// <param name="spec">The run.</param>
    /// <param name="model">Of one of its legs.</param>
    /// <param name="resume">Whether the run path as it is configured can resume.</param>
    public static SelectionRequest Question(RunSpec spec, ModelSlug model, ResumeSupport resume) => new()
    {
        Model = model,
        Transport = TransportNames.Parse(spec.Transport),
        Resume = Resume(spec),
        SkipCache = spec.Gateway.SkipCache,
        CacheTtl = spec.Gateway.CacheTtl,
        ServerFallback = spec.HasServerFallback,
        Byok = spec.Byok || spec.ByokAlias is not null,
        RunPathResume = resume,
    };

    /// <summary>Whether it must be resumable. What is no stream can not break in the middle: there is nothing to resume, nor to warn of.</summary>
    public static bool? Resume(RunSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return RunTasks.Streams(spec) ? spec.Resume : false;
    }

    /// <summary>The way that a leg takes through the gateway. Which one it is does not depend on what is configured.</summary>
    public static TransportKind Of(RunSpec spec, string model) =>
        ModelSlug.TryParse(model, out var slug)
        && TransportSelection.Select(Question(spec, slug, ResumeSupport.Yes)) is TransportChoice choice
            ? choice.Transport
            : TransportKind.Run;
}
