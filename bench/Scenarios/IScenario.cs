using Orchestrator.Bench.Reporting;

namespace Orchestrator.Bench.Scenarios;

/// <summary>One section of the report.</summary>
internal interface IScenario
{
    /// <summary>As the command line and file names have it.</summary>
    string Id { get; }

    Task<Section> RunAsync(Workbench bench);
}
