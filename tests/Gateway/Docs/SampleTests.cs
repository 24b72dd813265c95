using System.Text.RegularExpressions;
using Orchestrator.Emulator;

namespace Orchestrator.Gateway.Tests.Docs;

/// <summary>What the documents print is what <see cref="Samples"/> compiles, and every option is in them.</summary>
public sealed partial class SampleTests
{
    [Theory]
    [InlineData("gateway/README.md", 3)]
    [InlineData("docs/gateway.md", 5)]
    public async Task The_samples_are_those_that_compile(string document, int count)
    {
        var compiled = Lines(await File.ReadAllTextAsync(PathOf("tests/Gateway/Docs/Samples.cs")));
        var samples = CodeBlocks().Matches(await File.ReadAllTextAsync(PathOf(document))).Select(block => Lines(block.Groups["code"].Value)).ToList();

        Assert.Equal(count, samples.Count);
        Assert.All(samples, sample => Assert.Contains(sample, compiled, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("openai/gpt-5-mini")]
    [InlineData("anthropic/claude-haiku-4.5")]
    [InlineData("@cf/meta/llama-3.1-8b-instruct")]
    public async Task The_text_that_is_read_is_the_answer(string model)
    {
        await using var emulator = await EmulatorHost.StartAsync(new() { DefaultRate = 0, DefaultEvents = 30 });
        using var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        var gateway = Ways.OverBridge(http, emulator);
        var request = new RunRequest { Model = model, Inputs = """{"messages":[{"role":"user","content":"Hello"}]}"""u8.ToArray() };
        await using var stream = Assert.IsType<StreamReply>(await gateway.RunAsync(request, TestContext.Current.CancellationToken));
        var whole = Assert.IsType<DocumentReply>(await gateway.RunAsync(request with { Stream = false }, TestContext.Current.CancellationToken));
        var reading = new ChunkReading();
        WireReader.ReadDocument(whole.Wire, whole.Body.Span, reading);

        var (text, complete) = await Samples.ReadAsync(stream, TestContext.Current.CancellationToken);

        Assert.True(complete);
        Assert.Equal(JsonText.Unescape(reading.EscapedText(reading.Deltas[0])), text);
        Assert.True(text.Length > 30);
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

    [GeneratedRegex("```csharp\n(?<code>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex CodeBlocks();
}
