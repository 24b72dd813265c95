using Orchestrator.Engine.Tests.Kit;

namespace Orchestrator.Engine.Tests.Golden;

/// <summary>
/// The checked-in texts, a folder a run. With <c>ORCHESTRATOR_GOLDEN_WRITE=1</c> they are written anew first, from the code: look at the
/// difference before you keep it, since what it shows is a change for journals and readers that are out there.
/// </summary>
internal static class GoldenFiles
{
    public const string Journal = "journal.txt";
    public const string Events = "events.txt";
    public const string Resource = "run.json";

    public static readonly string Folder = Path.Combine(Repository.Root, "tests", "Engine", "Golden", "Runs");

    private static readonly Lazy<bool> Written = new(WriteWhereAsked);

    public static string Read(string run, string file)
    {
        _ = Written.Value;
        var path = Path.Combine(Folder, run, file);
        return File.Exists(path)
            ? File.ReadAllText(path)
            : throw new FileNotFoundException($"{run}/{file} is not there: run the tests once with ORCHESTRATOR_GOLDEN_WRITE=1 and look at what it writes.");
    }

    private static bool WriteWhereAsked()
    {
        if (Environment.GetEnvironmentVariable("ORCHESTRATOR_GOLDEN_WRITE") != "1")
        {
            return false;
        }

        foreach (var (name, record) in GoldenRuns.All)
        {
            var batches = record().Batches;
            var folder = Directory.CreateDirectory(Path.Combine(Folder, name)).FullName;
            File.WriteAllText(Path.Combine(folder, Journal), JournalText.Format(batches));
            File.WriteAllText(Path.Combine(folder, Events), string.Concat(ProjectedRun.Events(batches)));
            File.WriteAllText(Path.Combine(folder, Resource), ResourceText.Format(ProjectedRun.View(batches)));
        }

        return true;
    }
}
