using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Scenarios.Tests.Kit;

namespace Orchestrator.Scenarios.Tests;

/// <summary>Every line of <c>docs/tasks.md</c>, run as printed; only the port is another one.</summary>
public sealed partial class TasksDocTests
{
    /// <summary>By heading, what its lines must have written.</summary>
    private static readonly Dictionary<string, Action<byte[], string>> Expected = new(StringComparer.Ordinal)
    {
        ["Images"] = (output, directory) =>
        {
            Assert.Equal((256, 256), SizeOfPng(Path.Combine(directory, "lighthouse.png")));
            Assert.Equal(2, Json(output).GetProperty("documents").GetArrayLength());
            Assert.Equal((64, 64), SizeOfPng(Path.Combine(directory, "second.png")));
        },
        ["Speech"] = (_, directory) => Assert.Equal("ID3"u8, File.ReadAllBytes(Path.Combine(directory, "harbour.mp3")).AsSpan(0, 3)),
        ["Transcription"] = (output, _) => Assert.NotEmpty(Json(output).GetProperty("text").GetString()!),
        ["Reranking"] = (output, _) => Assert.Equal(1, Json(output).GetProperty("response")[0].GetProperty("id").GetInt32()),
        ["Classification"] = (output, _) => Assert.Equal(2, Json(output).GetArrayLength()),
        ["Translation"] = (output, _) => Assert.NotEmpty(Json(output).GetProperty("translated_text").GetString()!),
        ["Summarisation"] = (output, _) => Assert.StartsWith("The harbour opens", Json(output).GetProperty("summary").GetString(), StringComparison.Ordinal),
        ["Vision"] = (output, _) => Assert.True(Text(output).Split(' ').Length > 20, Text(output)),
        ["Structured output"] = (output, _) => Assert.InRange(Json(output).GetProperty("degrees").GetDouble(), -40, 40),
        ["AI Search"] = (output, _) => Assert.Equal(3, Json(output).GetProperty("data").GetArrayLength()),
        ["Embeddings"] = (output, _) => Assert.Equal(768, Json(output).GetProperty("data")[1].GetArrayLength()),
    };

    [Fact]
    public async Task Its_lines_work_as_printed()
    {
        using var directory = new TemporaryDirectory();
        await using var service = await ServiceProcess.StartServiceAsync(directory.FullPath, gateway: null);
        var text = await File.ReadAllTextAsync(Path.Combine(RepositoryFiles.Root, "docs", "tasks.md"));
        text = text.Replace("http://127.0.0.1:5080/", service.Address.ToString(), StringComparison.Ordinal);
        var sections = text.Split("\n## ");
        var function = Lines(sections[0]);
        Assert.Contains("run()", function, StringComparison.Ordinal);

        var seen = new List<string>();
        foreach (var section in sections.Skip(1))
        {
            var heading = section[..section.IndexOf('\n', StringComparison.Ordinal)];
            if (Lines(section) is not { Length: > 0 } lines)
            {
                continue;
            }

            var output = await ShellScript.RunAsync(function + lines, directory.FullPath);
            Assert.True(Expected.TryGetValue(heading, out var check), $"Nothing is expected of '{heading}'.");
            seen.Add(heading);
            check(output, directory.FullPath);
        }

        Assert.Equal(Expected.Keys.Order(StringComparer.Ordinal), seen.Order(StringComparer.Ordinal));
    }

    private static (int Width, int Height) SizeOfPng(string path)
    {
        var bytes = File.ReadAllBytes(path);
        Assert.Equal("PNG"u8, bytes.AsSpan(1, 3));
        return (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20)));
    }

    private static string Text(byte[] output) => Encoding.UTF8.GetString(output);

    private static JsonElement Json(byte[] output) => JsonElement.Parse(Text(output).TrimEnd());

    private static string Lines(string section) => string.Concat(ShellBlocks().Matches(section).Select(static block => block.Groups["lines"].Value));

    [GeneratedRegex("```sh\n(?<lines>.*?)```", RegexOptions.Singleline, matchTimeoutMilliseconds: 60_000)]
    private static partial Regex ShellBlocks();
}
