using System.Globalization;

namespace Orchestrator.Bench;

/// <summary>What the command line asks for.</summary>
internal sealed record BenchOptions
{
    public const string Usage =
        "dotnet run -c Release --project bench -- [all|SCENARIO]… [--rounds N] [--quick] [--out FOLDER] [--no-build]";

    /// <summary>Ids; empty is all.</summary>
    public IReadOnlyList<string> Scenarios { get; init; } = [];

    public int Rounds { get; init; } = 3;

    /// <summary>A smoke test of the benchmarks themselves: seconds, and figures that mean nothing.</summary>
    public bool Quick { get; init; }

    /// <summary>The folder that <c>benchmarks.md</c> and <c>benchmarks/</c> go to.</summary>
    public string Out { get; init; } = "docs";

    /// <summary>Measure what is built already.</summary>
    public bool NoBuild { get; init; }

    /// <exception cref="FormatException">It is not understood.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> arguments, IReadOnlyCollection<string> known)
    {
        BenchOptions options = new();
        List<string> scenarios = [];
        for (var i = 0; i < arguments.Count; i++)
        {
            string Value() => ++i < arguments.Count ? arguments[i] : throw new FormatException($"{arguments[^1]} needs a value.");
            switch (arguments[i])
            {
                case "--rounds":
                    options = options with { Rounds = Math.Max(1, int.Parse(Value(), CultureInfo.InvariantCulture)) };
                    break;
                case "--out":
                    options = options with { Out = Value() };
                    break;
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--no-build":
                    options = options with { NoBuild = true };
                    break;
                case "all":
                    scenarios.AddRange(known);
                    break;
                case var id when known.Contains(id, StringComparer.Ordinal):
                    scenarios.Add(id);
                    break;
                default:
                    throw new FormatException($"'{arguments[i]}' is not known.");
            }
        }

        return options with { Scenarios = [.. scenarios.Distinct(StringComparer.Ordinal)] };
    }

    /// <summary>The command line that does the same again.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"dotnet run -c Release --project bench -- {(Scenarios.Count == 0 ? "all" : string.Join(' ', Scenarios))} --rounds {Rounds}{(Quick ? " --quick" : "")}");
}
