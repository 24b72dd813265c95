using System.Text.RegularExpressions;

namespace Orchestrator.Gateway.Tests.Docs;

/// <summary>What the documents print is what <see cref="Samples"/> compiles, and every option is in them.</summary>
public sealed partial class SampleTests
{
    [Theory]
    [InlineData("gateway/README.md", 1)]
    [InlineData("docs/gateway.md", 4)]
    public async Task The_samples_are_those_that_compile(string document, int count)
    {
        var compiled = Lines(await File.ReadAllTextAsync(PathOf("tests/Gateway/Docs/Samples.cs")));
        var samples = CodeBlocks().Matches(await File.ReadAllTextAsync(PathOf(document))).Select(block => Lines(block.Groups["code"].Value)).ToList();

        Assert.Equal(count, samples.Count);
        Assert.All(samples, sample => Assert.Contains(sample, compiled, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(RunRequest))]
    [InlineData(typeof(GatewayOptions))]
    [InlineData(typeof(AiGatewayOptions))]
    [InlineData(typeof(AiGatewayHandlerOptions))]
    [InlineData(typeof(DirectUpstream))]
    [InlineData(typeof(CustomProvider))]
    public async Task Every_option_is_told(Type options)
    {
        var document = await File.ReadAllTextAsync(PathOf("docs/gateway.md"));

        Assert.All(options.GetProperties(), option => Assert.Contains($"`{option.Name}`", document, StringComparison.Ordinal));
    }

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim())).Trim();

    private static string PathOf(string file)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orchestrator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return Path.Combine(directory.FullName, file);
    }

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex CodeBlocks();
}
