using Orchestrator.Engine.Schemas;

namespace Orchestrator.Engine.Tests.Schemas;

/// <summary>The time of a match is limited by the clock, also of a busy machine: there must be no text for which it comes near the limit.</summary>
public sealed class TextFormatsTests
{
    private const int Long = 200_000;

    [Theory]
    [InlineData("email", "", "a", "")]
    [InlineData("email", "", "a.", "@")]
    [InlineData("email", "a@", "a", "!")]
    [InlineData("email", "a@", "a-", "!")]
    [InlineData("email", "a@", "aa.", "!")]
    [InlineData("email", "a@", "a-a.", "-")]
    [InlineData("duration", "P", "1", "")]
    [InlineData("duration", "P1Y2M3DT4H5M", "6", "!")]
    [InlineData("time", "00:00:00.", "1", "")]
    [InlineData("date-time", "2026-01-02T00:00:00.", "1", "z+")]
    [InlineData("hostname", "", "a-", "")]
    [InlineData("ipv4", "", "1.", "")]
    [InlineData("ipv6", "", "1:", "")]
    [InlineData("uri", "", "a:", " ")]
    public async Task A_long_text_that_almost_fits_is_refused_soon(string format, string begin, string middle, string end)
    {
        var text = begin + string.Concat(Enumerable.Repeat(middle, Long / middle.Length)) + end;

        // Milliseconds; more than in proportion it would be days.
        Assert.False(await Task.Run(() => TextFormats.Fits(format, text)).WaitAsync(TimeSpan.FromMinutes(2)));
    }
}
