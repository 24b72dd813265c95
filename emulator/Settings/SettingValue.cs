using System.Globalization;

namespace Orchestrator.Emulator.Settings;

/// <summary>One value as written, <c>4096</c>, <c>429x2</c>, <c>x*</c> or nothing, read as what its key wants.</summary>
internal readonly record struct SettingValue(string Key, string Text)
{
    /// <summary>The value of <c>refuse</c> and <c>resumefail=reset</c>: no status, the connection is reset.</summary>
    public const long Reset = 0;

    public int Count(int least = 0) => (int)Number(Text, least, int.MaxValue);

    public ulong Seed() => ulong.TryParse(Text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed)
        ? seed
        : throw Bad("a number");

    public double Rate() => double.TryParse(Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var rate)
        && double.IsFinite(rate)
        ? rate
        : throw Bad("events per second, 0 for flat out");

    public bool Flag() => Text switch
    {
        "" or "1" or "true" => true,
        "0" or "false" => false,
        _ => throw Bad("nothing, true or false"),
    };

    /// <summary><c>VALUE</c> or <c>VALUExTIMES</c>.</summary>
    public Fault Fault(int timesUnlessSaid, long least = 0, long most = long.MaxValue)
    {
        var (value, times) = Split(timesUnlessSaid);
        return new(Number(value, least, most), times);
    }

    /// <summary>As <see cref="Fault"/>, for an HTTP error status or the word <c>reset</c>.</summary>
    public Fault StatusFault(int timesUnlessSaid)
    {
        var (value, times) = Split(timesUnlessSaid);
        return new(value == "reset" ? Reset : Number(value, 400, 599), times);
    }

    /// <summary>A fault without a value: nothing, or <c>xTIMES</c>; null when switched off.</summary>
    public Fault? FlagFault(int timesUnlessSaid)
    {
        var (value, times) = Split(timesUnlessSaid);
        return (this with { Text = value }).Flag() ? new Fault(1, times) : null;
    }

    public BadSettingException Bad(string wanted) => new($"Emulator key '{Key}' does not take '{Text}': it takes {wanted}.");

    private (string Value, int Times) Split(int timesUnlessSaid)
    {
        var at = Text.LastIndexOf('x');
        if (at < 0)
        {
            return (Text, timesUnlessSaid);
        }

        var times = Text[(at + 1)..];
        return (Text[..at], times == "*" ? 0 : (int)Number(times, 0, int.MaxValue));
    }

    private long Number(string text, long least, long most) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : throw Bad(most == long.MaxValue || most == int.MaxValue ? $"a number from {least}" : $"a number from {least} to {most}");
}
