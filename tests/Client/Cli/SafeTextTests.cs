using Orchestrator.Cli;

namespace Orchestrator.Client.Tests.Cli;

public sealed class SafeTextTests
{
    [Theory]
    [InlineData("plain\ttext\n", "plain\ttext\n")]
    [InlineData("Grüße, 世界 👋 e\u0301", "Grüße, 世界 👋 e\u0301")]
    [InlineData("\u001b[31mred", "␛[31mred")]
    [InlineData("a\0b\u0007c\bd", "a␀b␇c␈d")]
    [InlineData("\u007f\u0080\u009b31m\u009f", "␡\uFFFD\uFFFD31m\uFFFD")]
    [InlineData("a\r\nb", "a\nb")]
    [InlineData("a\r", "a")]
    [InlineData("hidden\rshown", "hidden␍shown")]
    [InlineData("\u202eevil\u2066x\u2069", "\uFFFDevil\uFFFDx\uFFFD")]
    [InlineData("\u00a0\u200f", "\u00a0\u200f")]
    public void Nothing_but_line_ends_and_tabs_acts_on_a_terminal(string text, string shown) => Assert.Equal(shown, SafeText.ForTerminal(text));

    [Fact]
    public void Every_control_character_is_caught()
    {
        for (var c = '\0'; c < 0x2100; c++)
        {
            var shown = SafeText.ForTerminal($"<{c}>");
            Assert.True(!char.IsControl(c) || c is '\n' or '\t' || !shown.Contains(c, StringComparison.Ordinal), $"U+{(int)c:X4}");
        }
    }

    [Fact]
    public void One_line_is_one_line() => Assert.Equal("a b c␛", SafeText.OneLine("a\nb\tc\u001b"));
}
