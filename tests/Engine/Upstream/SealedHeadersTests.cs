using System.Security.Cryptography;
using System.Text;
using Orchestrator.Engine.Upstream;
using Orchestrator.TestKit.Upstream;

namespace Orchestrator.Engine.Tests.Upstream;

/// <summary>Extra headers in the journal.</summary>
public sealed class SealedHeadersTests
{
    private readonly PlainSeal _seal = new();

    [Fact]
    public void They_come_back_as_they_went_in()
    {
        var headers = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-key"] = "geheim: \"ü\"", ["x-empty"] = "" };
        Assert.Equal(headers, SealedHeaders.Open(_seal, SealedHeaders.Seal(_seal, headers)));
    }

    [Fact]
    public void Where_there_are_none_nothing_is_sealed()
    {
        Assert.True(SealedHeaders.Seal(_seal, SealedHeaders.None).IsEmpty);
        Assert.Empty(SealedHeaders.Open(_seal, default));
    }

    [Fact]
    public void What_another_key_sealed_is_not_opened() =>
        Assert.Throws<CryptographicException>(() => SealedHeaders.Open(_seal, Encoding.UTF8.GetBytes("{}")));
}
