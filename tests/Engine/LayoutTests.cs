using System.Xml.Linq;
using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests;

/// <summary>Dependencies point one way: the table of <c>docs/design.md</c>.</summary>
public sealed class LayoutTests
{
    [Theory]
    [InlineData("gateway/Orchestrator.Gateway.csproj")]
    [InlineData("emulator/Orchestrator.Emulator.csproj")]
    [InlineData("client/Client/Orchestrator.Client.csproj")]
    [InlineData("client/Cli/Orchestrator.Cli.csproj", "Orchestrator.Client")]
    [InlineData("engine/Orchestrator.Engine.csproj", "Orchestrator.Gateway")]
    [InlineData("journals/Log/Orchestrator.Journals.csproj", "Orchestrator.Engine")]
    [InlineData("journals/AzureBlobs/Orchestrator.Journals.AzureBlobs.csproj", "Orchestrator.Journals")]
    [InlineData("journals/Postgres/Orchestrator.Journals.Postgres.csproj", "Orchestrator.Journals")]
    [InlineData("journals/Sqlite/Orchestrator.Journals.Sqlite.csproj", "Orchestrator.Journals")]
    [InlineData("telemetry/Orchestrator.Telemetry.csproj", "Orchestrator.Engine", "Orchestrator.Journals")]
    [InlineData("api/Orchestrator.Api.csproj", "Orchestrator.Engine")]
    [InlineData("grains/Orchestrator.Grains.csproj", "Orchestrator.Engine")]
    [InlineData("silo/Orchestrator.Silo.csproj", "Orchestrator.Grains", "Orchestrator.Silo.Azure", "Orchestrator.Standalone")]
    [InlineData("silo/Azure/Orchestrator.Silo.Azure.csproj")]
    [InlineData("dashboard/Orchestrator.Dashboard.csproj")]
    public void A_project_uses_what_the_table_allows(string project, params string[] allowed)
    {
        var used = XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value));
        Assert.Equal(allowed.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }
}
