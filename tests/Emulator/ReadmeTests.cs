using Orchestrator.Emulator.Settings;

namespace Orchestrator.Emulator.Tests;

public sealed class ReadmeTests
{
    [Fact]
    public void Every_key_is_in_the_table_and_every_key_in_the_table_exists()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Orchestrator.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        var keys = File.ReadLines(Path.Combine(root, "emulator", "README.md"))
            .SkipWhile(static line => line != "| key | does | default |").Skip(2)
            .TakeWhile(static line => line.StartsWith('|'))
            .SelectMany(static line => line.Split('|')[1].Split('`').Where(static (_, i) => i % 2 == 1))
            .Where(static code => code[0] != '=')
            .Select(static code => code.Split('=')[0])
            .Distinct(StringComparer.Ordinal)
            .Order(StringComparer.Ordinal);

        Assert.Equal(SettingKeys.Names, keys, StringComparer.Ordinal);
    }
}
