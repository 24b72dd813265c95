using System.Net;
using System.Text;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Journal;

namespace Orchestrator.Api.Tests.Streams;

public sealed class EventStreamTests
{
    private const string Event = "id: 1\nevent: run.created\ndata: {\"seq\":1}\n\n";
    private static readonly string Path = $"/v1/runs/{Sample.Id}/events";

    [Fact]
    public async Task The_readers_bytes_go_out_as_they_are_and_the_stream_ends()
    {
        await using var host = await StartAsync(ScriptedReader.Of(Event, "id: 2\n", "data: é😀\n\n"));

        using var response = await host.Http.OpenAsync(Path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Equal("no", response.Headers.GetValues("X-Accel-Buffering").Single());
        Assert.Equal(Event + "id: 2\ndata: é😀\n\n", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_answer_begins_before_the_first_event()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);

        using var response = await host.Http.OpenAsync(Path).WaitAsync(TimeSpan.FromMinutes(2));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        reader.End();
    }

    [Fact]
    public async Task Each_event_arrives_when_it_is_there()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);
        using var response = await host.Http.OpenAsync(Path);
        await using var body = await response.Content.ReadAsStreamAsync();
        for (var i = 0; i < 5; i++)
        {
            var text = $"id: {i}\ndata: x\n\n";
            reader.Data(text);
            Assert.Equal(text, await ReadAsync(body, text.Length));
        }

        reader.End();
        Assert.Equal(0, await body.ReadAsync(new byte[1]));
        await reader.Disposed;
        Assert.False(reader.WasMisused);
    }

    [Fact]
    public async Task A_silent_run_shows_a_sign_of_life()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);
        using var response = await host.Http.OpenAsync(Path);
        await using var body = await response.Content.ReadAsStreamAsync();

        reader.Quiet();
        Assert.Equal(": keep-alive\n\n", await ReadAsync(body, 14));
        reader.Data(Event);
        Assert.Equal(Event, await ReadAsync(body, Event.Length));
        reader.Quiet();
        Assert.Equal(": keep-alive\n\n", await ReadAsync(body, 14));
        reader.End();
    }

    [Fact]
    public async Task A_large_backlog_arrives_whole_and_in_order()
    {
        var reader = new ScriptedReader();
        var sent = new StringBuilder();
        for (var i = 0; i < 20_000; i++)
        {
            var text = $"id: {i}\ndata: {new string((char)('a' + (i % 26)), i % 300)}\n\n";
            sent.Append(text);
            reader.Data(text);
        }

        reader.End();
        await using var host = await StartAsync(reader);

        Assert.Equal(sent.ToString(), await host.Http.GetStringAsync(Path));
    }

    [Fact]
    public async Task When_the_client_goes_the_reader_is_let_go()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);
        var response = await host.Http.OpenAsync(Path);

        response.Dispose();

        await reader.Disposed;
        Assert.False(reader.WasMisused);
        Assert.Empty(host.Log.Lines);
    }

    [Fact]
    public async Task A_client_that_goes_while_it_is_behind_is_noticed()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);
        var response = await host.Http.OpenAsync(Path);
        for (var i = 0; i < 64; i++)
        {
            reader.Data(new byte[256 * 1024]);
        }

        response.Dispose();

        await reader.Disposed;
        Assert.False(reader.WasMisused);
    }

    [Fact]
    public async Task A_run_that_goes_on_elsewhere_breaks_the_connection()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);
        using var response = await host.Http.OpenAsync(Path);
        await using var body = await response.Content.ReadAsStreamAsync();
        reader.Data(Event);
        Assert.Equal(Event, await ReadAsync(body, Event.Length));

        reader.Moved();

        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null));
        await reader.Disposed;
    }

    [Fact]
    public async Task A_service_that_stops_breaks_its_connections_at_once()
    {
        var reader = new ScriptedReader();
        await using var host = await StartAsync(reader);
        using var response = await host.Http.OpenAsync(Path);
        await using var body = await response.Content.ReadAsStreamAsync();

        await host.StopAsync().WaitAsync(TimeSpan.FromMinutes(2));

        await reader.Disposed;
        await Assert.ThrowsAnyAsync<IOException>(() => body.CopyToAsync(Stream.Null));
    }

    [Fact]
    public async Task A_failure_in_the_middle_breaks_the_connection_and_is_logged()
    {
        var reader = new ScriptedReader { Failure = new InvalidOperationException("broken journal") };
        reader.Data(Event);
        await using var host = await StartAsync(reader);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => host.Http.GetStringAsync(Path));

        await reader.Disposed;
        Assert.Contains("broken journal", Assert.Single(host.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_left_is_204()
    {
        await using var host = await StartAsync(new OpenedReader.NothingLeft());

        using var response = await host.Http.OpenAsync(Path + "?after=1000");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((Sample.Id, 1000L), host.Runs.Opened.Single());
    }

    [Fact]
    public async Task A_run_that_is_gone_is_not_found_even_from_the_middle()
    {
        await using var host = await StartAsync(new OpenedReader.NotFound());

        using var response = await host.Http.OpenAsync(Path, ("Last-Event-ID", "5"));

        await response.ReadProblemAsync(HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_journal_that_fails_before_the_first_byte_is_503()
    {
        await using var host = await ApiHost.StartAsync();
        host.Runs.Failure = new JournalUnavailableException("disk full");

        using var response = await host.Http.OpenAsync(Path);

        await response.ReadProblemAsync(HttpStatusCode.ServiceUnavailable, "journal-unavailable");
    }

    [Theory]
    [InlineData("", null, 0)]
    [InlineData("?after=0", null, 0)]
    [InlineData("?after=42", null, 42)]
    [InlineData("?after=042", null, 42)]
    [InlineData("", "42", 42)]
    [InlineData("?after=42", "42", 42)]
    [InlineData("?after=42", "57", 57)]
    [InlineData("?after=42", "7", 7)]
    [InlineData("?after=9223372036854775807", null, long.MaxValue)]
    public async Task The_position_is_taken_from_the_query_or_from_the_header_which_a_browser_adds_when_it_reconnects(string query, string? header, long after)
    {
        await using var host = await StartAsync(ScriptedReader.Of(Event));

        using var response = header is null ? await host.Http.OpenAsync(Path + query) : await host.Http.OpenAsync(Path + query, ("Last-Event-ID", header));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((Sample.Id, after), host.Runs.Opened.Single());
    }

    [Theory]
    [InlineData("?after=-1", null, "parameter")]
    [InlineData("?after=", null, "parameter")]
    [InlineData("?after=x", null, "parameter")]
    [InlineData("?after=1.0", null, "parameter")]
    [InlineData("?after=+1", null, "parameter")]
    [InlineData("?after=9223372036854775808", null, "parameter")]
    [InlineData("?after=1&after=1", null, "parameter")]
    [InlineData("", "-1", "header")]
    [InlineData("", "abc", "header")]
    [InlineData("", "", "header")]
    [InlineData("?after=1", "x", "header")]
    [InlineData("?after=x", "2", "parameter")]
    public async Task A_malformed_position_is_refused(string query, string? header, string place)
    {
        await using var host = await StartAsync(ScriptedReader.Of(Event));

        using var response = header is null ? await host.Http.OpenAsync(Path + query) : await host.Http.OpenAsync(Path + query, ("Last-Event-ID", header));

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(place == "header" ? "Last-Event-ID" : "after", problem.GetProperty("errors")[0].GetProperty(place).GetString());
        Assert.Empty(host.Runs.Opened);
    }

    [Theory]
    [InlineData("events?from=1", "from", "There is no such parameter. There is: after.")]
    [InlineData("events?after=1&x=1", "x", "There is no such parameter. There is: after.")]
    [InlineData("stream?after=1", "after", "There is no such parameter. There is: from.")]
    [InlineData("output?timeout=1", "timeout", "There is no such parameter. There are: wait, part.")]
    public async Task A_parameter_that_there_is_not_is_refused_and_does_not_answer_with_everything(string path, string parameter, string message)
    {
        await using var host = await StartAsync(ScriptedReader.Of(Event));

        using var response = await host.Http.OpenAsync($"/v1/runs/{Sample.Id}/{path}");

        Assert.Equal((parameter, message), (await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid")).Errors().Single());
        Assert.Empty(host.Runs.Opened);
    }

    private static Task<ApiHost> StartAsync(ScriptedReader reader) => StartAsync(new OpenedReader.Opened(reader));

    private static async Task<ApiHost> StartAsync(OpenedReader opened)
    {
        var host = await ApiHost.StartAsync();
        host.Runs.Add(Sample.Run());
        host.Runs.OnOpen = () => opened;
        return host;
    }

    private static async Task<string> ReadAsync(Stream body, int bytes)
    {
        var buffer = new byte[bytes];
        await body.ReadExactlyAsync(buffer).AsTask().WaitAsync(TimeSpan.FromMinutes(2));
        return Encoding.UTF8.GetString(buffer);
    }
}
