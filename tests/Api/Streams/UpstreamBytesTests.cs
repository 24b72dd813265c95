using System.Net;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;

namespace Orchestrator.Api.Tests.Streams;

public sealed class UpstreamBytesTests
{
    private static readonly string Path = $"/v1/runs/{Sample.Id}/stream";

    [Theory]
    [InlineData("", 0)]
    [InlineData("?from=0", 0)]
    [InlineData("?from=17", 17)]
    public async Task The_bytes_are_the_gateways_own(string query, long from)
    {
        var reader = new ScriptedReader();
        byte[] bytes = [0x64, 0x61, 0xFF, 0x00, 0x0A, 0x0A];
        reader.Data(bytes);
        reader.Quiet();
        reader.Data("data: [DONE]\n\n");
        reader.End();
        await using var host = await StartAsync(new OpenedReader.Opened(reader));

        using var response = await host.Http.OpenAsync(Path + query);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        byte[] sent = [.. bytes, .. Encoding.UTF8.GetBytes("data: [DONE]\n\n")];
        Assert.Equal(sent, await response.Content.ReadAsByteArrayAsync());
        Assert.Equal((Sample.Id, from), host.Runs.Opened.Single());
    }

    [Fact]
    public async Task Past_the_end_it_is_empty()
    {
        await using var ended = await StartAsync(new OpenedReader.Opened(ScriptedReader.Of()));
        await using var nothing = await StartAsync(new OpenedReader.NothingLeft());
        foreach (var host in new[] { ended, nothing })
        {
            using var response = await host.Http.OpenAsync(Path + "?from=100000");

            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }
    }

    [Fact]
    public async Task An_attempt_that_was_replaced_breaks_the_connection()
    {
        var reader = new ScriptedReader();
        reader.Moved();
        await using var host = await StartAsync(new OpenedReader.Opened(reader));

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Http.GetStringAsync(Path));
    }

    [Theory]
    [InlineData("?from=-1")]
    [InlineData("?from=")]
    [InlineData("?from=one")]
    [InlineData("?from=99999999999999999999")]
    public async Task A_malformed_index_is_refused(string query)
    {
        await using var host = await StartAsync(new OpenedReader.NothingLeft());

        using var response = await host.Http.OpenAsync(Path + query);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal("from", problem.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    private static async Task<ApiHost> StartAsync(OpenedReader opened)
    {
        var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnOpen = () => opened;
        return host;
    }
}
