namespace Orchestrator.Gateway.Tests.Options;

public sealed class HeaderRulesTests
{
    [Theory]
    [InlineData("x-custom", "value")]
    [InlineData("anthropic-beta", "a, b;q=1 \t c")]
    [InlineData("Authorization", "Bearer sk-1")]
    [InlineData("!#$%&'*+-.^_`|~9", "")]
    public void Ordinary_headers_are_fine(string name, string value) => Assert.Empty(Check((name, value)));

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("a:b")]
    [InlineData("a\r\nb")]
    [InlineData("ä")]
    [InlineData("(a)")]
    [InlineData("a\0")]
    public void A_name_is_a_token(string name) => Assert.Single(Check((name, "v")));

    [Theory]
    [InlineData("zq\rb")]
    [InlineData("zq\nb")]
    [InlineData("zq\0b")]
    [InlineData("zq\u0001b")]
    [InlineData("zq\u007fb")]
    [InlineData("zqä")]
    [InlineData(" zq")]
    [InlineData("zq ")]
    [InlineData("\tzq")]
    public void A_value_has_no_controls_and_is_not_quoted_in_the_message(string value)
    {
        var problem = Assert.Single(Check(("x-a", value)));

        Assert.Equal("x-a", problem.Field);
        Assert.DoesNotContain("zq", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host")]
    [InlineData("content-length")]
    [InlineData("Content-Encoding")]
    [InlineData("Transfer-Encoding")]
    [InlineData("connection")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("Trailer")]
    [InlineData("upgrade")]
    [InlineData("Expect")]
    [InlineData("proxy-authorization")]
    [InlineData("proxy-authenticate")]
    [InlineData("Proxy-Connection")]
    public void Headers_of_the_connection_are_refused(string name) => Assert.Single(Check((name, "v")));

    [Fact]
    public void There_are_bounds()
    {
        Assert.Empty(Check((new string('n', HeaderRules.MaxNameChars), new string('v', HeaderRules.MaxValueChars))));
        Assert.Single(Check((new string('n', HeaderRules.MaxNameChars + 1), "v")));
        Assert.Single(Check(("n", new string('v', HeaderRules.MaxValueChars + 1))));
        Assert.Single(Check(("a", new string('v', HeaderRules.MaxValueChars)), ("b", new string('v', HeaderRules.MaxValueChars))));
        Assert.Single(Check([.. Enumerable.Range(0, HeaderRules.MaxCount + 1).Select(i => ($"x-{i}", "v"))]));
        Assert.Empty(Check([.. Enumerable.Range(0, HeaderRules.MaxCount).Select(i => ($"x-{i}", "v"))]));
    }

    [Fact]
    public void A_header_is_there_once() => Assert.Single(Check(("x-a", "1"), ("X-A", "2")));

    private static IReadOnlyList<ConfigProblem> Check(params (string Name, string Value)[] headers) =>
        HeaderRules.Check(headers.ToDictionary(header => header.Name, header => header.Value, StringComparer.Ordinal));
}
