using System.Net;
using System.Text.Json;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>What <c>extraHeaders</c> may not have: anything that would change the request around it.</summary>
public sealed class HeaderRefusalTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Theory]
    [InlineData("connection")]
    [InlineData("Keep-Alive")]
    [InlineData("TE")]
    [InlineData("trailer")]
    [InlineData("Transfer-Encoding")]
    [InlineData("upgrade")]
    [InlineData("Proxy-Authorization")]
    [InlineData("proxy-authenticate")]
    [InlineData("proxy-connection")]
    [InlineData("Host")]
    [InlineData("CONTENT-LENGTH")]
    [InlineData("content-encoding")]
    [InlineData("expect")]
    public Task A_header_of_the_connection_is_refused(string name) => RefusedAsync((name, "x"), "belongs to the connection");

    [Theory]
    [InlineData("x-a\r\nx-b")]
    [InlineData("x-a\n")]
    [InlineData("\rx-a")]
    [InlineData("x-a:")]
    [InlineData("x a")]
    [InlineData("x\0a")]
    [InlineData("x-é")]
    public Task What_is_no_headers_name_is_refused(string name) => RefusedAsync((name, "x"), "RFC 9110");

    [Fact]
    public Task A_header_without_a_name_is_refused_in_its_place() => RefusedAsync(("", "x"), "has a name");

    [Theory]
    [InlineData("a\r\nx-injected: 1")]
    [InlineData("a\nb")]
    [InlineData("a\rb")]
    [InlineData("a\r\n\r\n{}")]
    [InlineData("a\0b")]
    [InlineData("a\u007fb")]
    [InlineData("é")]
    [InlineData("\u2028")]
    [InlineData(" a")]
    [InlineData("a\t")]
    public Task What_is_no_headers_value_is_refused(string value) => RefusedAsync(("x-a", value), "without line breaks");

    [Fact]
    public async Task Two_authorizations_are_refused_and_neither_is_quoted()
    {
        using var response = await shared.Host.Http.SubmitAsync(
            Sample.Body("""  "extraHeaders":{"authorization":"Bearer first-secret","Authorization":"Bearer second-secret"}"""));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        var error = Assert.Single(problem.Errors());
        Assert.Equal("/extraHeaders/Authorization", error.Where);
        Assert.Contains("there twice", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Everything_that_is_wrong_with_the_headers_is_listed_beside_the_rest()
    {
        using var response = await shared.Host.Http.SubmitAsync(Sample.Body(
            """  "byok":true,"resume":true,"extraHeaders":{"host":"a","x-a":"b\r\nc","x b":"d","x-d":5}"""));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(
            "/extraHeaders/host, /extraHeaders/x b, /extraHeaders/x-a, /extraHeaders/x-d, /resume",
            string.Join(", ", problem.Errors().Select(static error => error.Where).Order(StringComparer.Ordinal)));
    }

    private async Task RefusedAsync((string Name, string Value) header, string message)
    {
        var headers = JsonSerializer.Serialize(new Dictionary<string, string>(StringComparer.Ordinal) { [header.Name] = header.Value });
        using var response = await shared.Host.Http.SubmitAsync(Sample.Body($"\"extraHeaders\":{headers}"));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        var error = Assert.Single(problem.Errors());
        Assert.Equal($"/extraHeaders/{header.Name}", error.Where);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }
}
