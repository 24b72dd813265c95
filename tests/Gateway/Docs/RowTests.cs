using System.Text.RegularExpressions;

namespace Orchestrator.Gateway.Tests.Docs;

/// <summary>The table of facts in <c>docs/gateway.md</c>: every test that it names is there.</summary>
public sealed partial class RowTests
{
    private const string Title = "## Row by row";
    private const string NotYet = "not yet";

    private static readonly string Root = FindRoot();

    [Fact]
    public void Every_row_has_its_tests_or_says_that_it_has_none()
    {
        foreach (var (fact, proof) in Rows())
        {
            Assert.True(proof == NotYet || Names(proof).Count > 0, $"'{fact}' names no test: name one, or write '{NotYet}'.");
            Assert.True(proof == NotYet || proof == string.Join(", ", Names(proof).Select(static name => $"`{name}`")), $"'{fact}' names tests otherwise than as `Project.Class.Test`, …: {proof}");
        }
    }

    [Fact]
    public void Every_test_that_it_names_exists()
    {
        var names = Rows().SelectMany(static row => Names(row.Proof)).Distinct(StringComparer.Ordinal).ToArray();
        Assert.InRange(names.Length, 100, 1_000);
        var missing = names.Where(static name => !Exists(name)).ToArray();
        Assert.True(missing.Length == 0, $"There is no test {string.Join(", no ", missing)}.");
    }

    /// <summary>All of the eight sections are there.</summary>
    [Fact]
    public void No_section_is_left_out()
    {
        var text = Section();
        for (var section = 1; section <= 8; section++)
        {
            Assert.Contains($"| §{section} ", text, StringComparison.Ordinal);
        }
    }

    private static bool Exists(string name)
    {
        var parts = name.Split('.');
        var folder = Path.Combine(Root, "tests", parts[0]);
        return Directory.Exists(folder)
            && Directory.EnumerateFiles(folder, parts[1] + ".cs", SearchOption.AllDirectories).Any(file => HasTest(File.ReadAllLines(file), parts[2]));
    }

    /// <summary>A method of that name, right under attributes among which is a test's.</summary>
    private static bool HasTest(string[] lines, string name)
    {
        var at = Array.FindIndex(lines, line => line.StartsWith("    public ", StringComparison.Ordinal) && line.Contains($" {name}(", StringComparison.Ordinal));
        while (--at >= 0 && lines[at].Length > 0)
        {
            if (lines[at].TrimStart().StartsWith('[') && (lines[at].Contains("Fact", StringComparison.Ordinal) || lines[at].Contains("Theory", StringComparison.Ordinal)))
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Names(string proof) => [.. Name().Matches(proof).Select(static match => match.Groups["name"].Value)];

    private static IEnumerable<(string Fact, string Proof)> Rows() => Section().Split('\n')
        .Where(static line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| proved by |", StringComparison.Ordinal))
        .Select(static line => line.Split(" | "))
        .Select(static cells => (cells[0][2..], cells[^1][..^2]));

    private static string Section()
    {
        var text = File.ReadAllText(Path.Combine(Root, "docs", "gateway.md"));
        var start = text.IndexOf(Title, StringComparison.Ordinal);
        Assert.True(start >= 0, $"docs/gateway.md has no section '{Title}'.");
        var end = text.IndexOf("\n## ", start + 1, StringComparison.Ordinal);
        return end < 0 ? text[start..] : text[start..end];
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Orchestrator.sln")))
        {
            directory = directory.Parent ?? throw new InvalidOperationException("The tests do not run inside the repository.");
        }

        return directory.FullName;
    }

    [GeneratedRegex("`(?<name>[A-Za-z]+\\.[A-Za-z]+\\.[A-Za-z0-9_]+)`", RegexOptions.ExplicitCapture, 5_000)]
    private static partial Regex Name();
}
