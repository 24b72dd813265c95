using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Options;

public sealed class MetadataHeaderTests
{
    /// <summary>JavaScript's <c>Number.MAX_SAFE_INTEGER</c> is the last that no other whole number becomes when it is read.</summary>
    [Theory]
    [InlineData("9007199254740991", "9007199254740991")]
    [InlineData("9007199254740992", "\"9007199254740992\"")]
    [InlineData("-9007199254740991", "-9007199254740991")]
    [InlineData("-9007199254740992", "\"-9007199254740992\"")]
    public void A_whole_number_that_is_not_safe_becomes_a_text(string value, string sent) =>
        Assert.Equal(
            $"{{\"n\":{sent}}}", MetadataHeader.Write(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>($"{{\"n\":{value}}}")!));
}
