using System.Text;
using System.Text.Json;

namespace Orchestrator.Bench.Reporting;

/// <summary><c>benchmarks.md</c> and the files of its sections.</summary>
internal sealed class Report(string folder, IReadOnlyList<string> order)
{
    private readonly string _parts = Path.Combine(folder, "benchmarks");

    /// <summary>Replaces the section's files, and writes the whole report anew from the sections that there are.</summary>
    public async Task WriteAsync(Section section)
    {
        Directory.CreateDirectory(_parts);
        foreach (var chart in section.Charts)
        {
            await File.WriteAllTextAsync(Path.Combine(_parts, chart.File), chart.Svg);
        }

        await File.WriteAllTextAsync(Path.Combine(_parts, section.Id + ".json"), JsonSerializer.Serialize(section, ReportJson.Default.Section) + "\n");
        List<Section> sections = [];
        foreach (var file in order.Select(id => Path.Combine(_parts, id + ".json")).Where(File.Exists))
        {
            sections.Add(JsonSerializer.Deserialize(await File.ReadAllTextAsync(file), ReportJson.Default.Section)!);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "benchmarks.md"), Markdown(sections));
    }

    private string Markdown(IReadOnlyList<Section> sections)
    {
        StringBuilder text = new();
        text.Append(
            """
            # Benchmarks

            Written by `dotnet run -c Release --project bench` from what it measured; every section says on which machine and with which
            command. The service runs beside a bare nginx (`proxy_buffering off`) in front of the same emulator, under the same load client;
            all of them, each in a process of its own, share the machine. Every event is on the disk, synced, before a reader sees it.
            Figures are medians over the rounds, with the least and the most of them; contenders take turns.


            """);
        Table(text, sections.SelectMany(static s => s.Figures.Where(static f => f.Verdict.Length > 1)));
        foreach (var section in sections)
        {
            Section(text, section);
        }

        return text.ToString();
    }

    private void Section(StringBuilder text, Section section)
    {
        text.Append($"\n## {section.Title}\n\n{section.Text}\n\n");
        Table(text, section.Figures);
        if (section.Cpu.Count > 0)
        {
            string[] processes = [.. section.Cpu.SelectMany(static c => c.PerMillion.Keys).Distinct(StringComparer.Ordinal)];
            text.Append($"\nCPU seconds per million events:\n\n| load | {string.Join(" | ", processes)} |\n|---|{string.Concat(processes.Select(static _ => "--:|"))}\n");
            foreach (var row in section.Cpu)
            {
                var cells = processes.Select(p => row.PerMillion.TryGetValue(p, out var cpu) ? FormattableString.Invariant($"{cpu:0.00}") : "");
                text.Append($"| {row.Load} | {string.Join(" | ", cells)} |\n");
            }
        }

        foreach (var chart in section.Charts)
        {
            text.Append($"\n![{chart.Caption}](benchmarks/{chart.File})\n");
        }

        var note = Path.Combine(_parts, section.Id + ".note.md");
        if (File.Exists(note))
        {
            text.Append('\n').Append(File.ReadAllText(note).Trim()).Append('\n');
        }

        foreach (var remark in section.Remarks)
        {
            text.Append($"\n> {remark}\n");
        }

        text.Append($"\n{section.Machine}  \n`{section.Command}`\n");
    }

    private static void Table(StringBuilder text, IEnumerable<Figure> figures)
    {
        text.Append("| what | target | measured | nginx | to nginx | verdict |\n|---|---|---|---|--:|---|\n");
        foreach (var f in figures)
        {
            text.Append($"| {f.Name} | {f.Target} | {f.Measured} | {f.Nginx} | {f.Ratio} | {f.Verdict} |\n");
        }
    }
}
