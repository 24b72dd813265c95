using System.Text;
using Orchestrator.Emulator.Prose;

namespace Orchestrator.Emulator.Tasks;

/// <summary>Words that follow from a key.</summary>
internal static class Words
{
    public static string[] Of(ulong key, int count) =>
        [.. Enumerable.Range(0, count).Select(i => Encoding.UTF8.GetString(Vocabulary.RawWord(Mix.At(key, i))))];

    public static string[] In(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
