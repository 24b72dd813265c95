using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Upstream;
using Orchestrator.TestKit.Journal;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Api.Tests.WithEngine;

/// <summary>The API over the engine itself, with a journal in memory.</summary>
internal static class EngineHost
{
    public static Task<ApiHost> StartAsync(IGateway gateway, params (string Key, string? Value)[] settings) => ApiHost.StartAsync(
        new EmbeddedRuns(
            new MemoryJournal(), gateway, new PlainSeal(), new EngineOptions(), TimeProvider.System, new Random(1), NullLogger<EmbeddedRuns>.Instance),
        settings);
}
