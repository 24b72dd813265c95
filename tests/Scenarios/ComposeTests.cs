using Orchestrator.Scenarios.Tests.Kit;
using Orchestrator.TestKit.Compose;

namespace Orchestrator.Scenarios.Tests;

/// <summary>The compose file, as far as it can be told without an engine.</summary>
public sealed class ComposeTests
{
    private static readonly string Compose = Path.Combine(RepositoryFiles.Root, "docker-compose.yml");

    [Fact]
    public async Task The_compose_file_keeps_to_the_schema()
    {
        Assert.SkipWhen(ComposeLint.Missing is not null, ComposeLint.Missing ?? "");
        Assert.Equal("", await ComposeLint.CheckAsync(Compose));
    }

    [Theory]
    [InlineData("healthcheck:", "helthcheck:", "invalid-schema")]
    [InlineData("retries: 5", "retries: [5]", "invalid-schema")]
    [InlineData("profiles: [load]", "ports: [\"127.0.0.1:5080:80\"]", "no-duplicate-exported-ports")]
    public async Task A_mistake_in_it_is_found(string right, string wrong, string rule)
    {
        Assert.SkipWhen(ComposeLint.Missing is not null, ComposeLint.Missing ?? "");
        using var directory = new TemporaryDirectory();
        var text = await File.ReadAllTextAsync(Compose);
        Assert.Contains(right, text, StringComparison.Ordinal);
        var changed = Path.Combine(directory.FullPath, "docker-compose.yml");
        await File.WriteAllTextAsync(changed, text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(rule, await ComposeLint.CheckAsync(changed), StringComparison.Ordinal);
    }

    /// <summary>Files of the host that services are built from or are given.</summary>
    [Fact]
    public async Task What_it_is_built_from_is_there()
    {
        var files = (await File.ReadAllLinesAsync(Compose))
            .Select(line => line.Trim())
            .Select(line => line.StartsWith("dockerfile: ", StringComparison.Ordinal) ? line["dockerfile: ".Length..]
                : line.StartsWith("- ./", StringComparison.Ordinal) ? line["- ./".Length..line.IndexOf(':', StringComparison.Ordinal)]
                : null)
            .OfType<string>()
            .ToList();

        Assert.Equal(3, files.Count);
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(RepositoryFiles.Root, file)), file));
    }
}
