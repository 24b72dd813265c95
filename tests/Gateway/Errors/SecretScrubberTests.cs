using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Errors;

public sealed class SecretScrubberTests
{
    [Theory]
    [InlineData("Incorrect API key provided: sk-live-123456789.", "Incorrect API key provided: [redacted].")]
    [InlineData("Bearer sk-live-123456789", "[redacted]")]
    [InlineData("the bridge-secret leaked, and bridge-secret again", "the [redacted] leaked, and [redacted] again")]
    [InlineData("affinity aff-1", "affinity [redacted]")]
    [InlineData("value: quo\"ted\\value", "value: [redacted]")]
    public async Task Values_of_headers_and_the_bridges_secret_do_not_get_into_messages(string told, string message)
    {
        var request = Requests.Run() with
        {
            ExtraHeaders = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["authorization"] = "Bearer sk-live-123456789",
                ["x-quoted"] = "quo\"ted\\value",
            },
            SessionAffinity = "aff-1",
        };
        var body = JsonSerializer.Serialize(new { error = new { message = told } });
        string[] bodies = [body, told, JsonSerializer.Serialize(new { detail = told })];

        Assert.Equal(message, (await Requests.FailAsync(StubHandler.Answering(401, body), request)).Message);
        foreach (var any in bodies)
        {
            var error = await Requests.FailAsync(StubHandler.Answering(401, any), request);
            Assert.DoesNotContain("sk-live", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("bridge-secret", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("aff-1", error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain("ted", error.Message.Replace("redacted", "", StringComparison.Ordinal), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_secret_at_the_edge_of_what_is_kept_does_not_leave_its_first_half()
    {
        var error = await Requests.FailAsync(StubHandler.Answering(500, new string('a', 495) + "bridge-secret"));

        Assert.Equal(new string('a', 495) + "[reda", error.Message);
    }

    [Fact]
    public async Task Connection_faults_are_scrubbed_as_well() =>
        Assert.DoesNotContain(
            "bridge-secret",
            (await Requests.FailAsync(StubHandler.Failing(new HttpRequestException("bad bridge-secret")))).Message,
            StringComparison.Ordinal);

    [Theory]
    [InlineData("1", "failed with 1 in 10 at 1", "failed with [redacted] in 10 at [redacted]")]
    [InlineData("on", "one on, money on", "one [redacted], money [redacted]")]
    [InlineData("a", "nothing here", "nothing here")]
    public void Short_values_are_taken_out_where_they_stand_alone(string secret, string message, string scrubbed) =>
        Assert.Equal(scrubbed, new SecretScrubber([secret]).Scrub(message));

    [Fact]
    public void The_longest_value_goes_first_and_blank_ones_are_nothing()
    {
        var scrubber = new SecretScrubber([null, "", "  ", "abcd", "abcdefgh"]);

        Assert.Equal("[redacted] [redacted] x", scrubber.Scrub("abcdefgh abcd x"));
        Assert.Equal("as it is", SecretScrubber.None.Scrub("as it is"));
    }
}
