using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Feed;

/// <summary>Reads a feed whose moments come as the test waits for something: time passes only then.</summary>
internal sealed class FeedReader : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly ApiHost _host;
    private readonly HttpResponseMessage _response;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Task _reading;
    private string? _place;

    private FeedReader(ApiHost host, HttpResponseMessage response)
    {
        _host = host;
        _response = response;
        _reading = ReadAsync();
    }

    public static Task<FeedReader> OpenAsync(ApiHost host, params (string Name, string Value)[] headers) => OpenAsync(host, "", headers);

    public static async Task<FeedReader> OpenAsync(ApiHost host, string query, params (string Name, string Value)[] headers)
    {
        var response = await host.Http.OpenAsync("/v1/runs/feed" + query, headers);
        Assert.True(response.StatusCode == HttpStatusCode.OK, response.StatusCode.ToString());
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        return new FeedReader(host, response);
    }

    /// <summary>The next event, or the next that is looked for.</summary>
    public async Task<FeedEvent> NextAsync(Func<FeedEvent, bool>? until = null)
    {
        while (true)
        {
            var name = await LineAsync(static line => line.StartsWith("event: ", StringComparison.Ordinal));
            var data = await LineAsync(static line => line.StartsWith("data: ", StringComparison.Ordinal));
            using var document = JsonDocument.Parse(data["data: ".Length..]);
            var read = new FeedEvent(name["event: ".Length..], document.RootElement.Clone());
            if (until?.Invoke(read) != false)
            {
                return read;
            }
        }
    }

    /// <summary>The last place, or the next one where none was told yet.</summary>
    public async Task<string> PlaceAsync() => _place ?? (await LineAsync(static line => line.StartsWith("id: ", StringComparison.Ordinal)))["id: ".Length..];

    public async Task<string> LineAsync(Func<string, bool> until)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            while (_lines.Reader.TryRead(out var line))
            {
                _place = line.StartsWith("id: ", StringComparison.Ordinal) ? line["id: ".Length..] : _place;
                if (until(line))
                {
                    return line;
                }
            }

            _host.Clock.AdvanceMs(250);
            using var moment = CancellationTokenSource.CreateLinkedTokenSource(patience.Token);
            moment.CancelAfter(20);
            try
            {
                await _lines.Reader.WaitToReadAsync(moment.Token);
            }
            catch (OperationCanceledException) when (!patience.IsCancellationRequested)
            {
                // The next moment.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _response.Dispose();
        await _reading;
    }

    private async Task ReadAsync()
    {
        try
        {
            using var reader = new StreamReader(await _response.Content.ReadAsStreamAsync());
            while (await reader.ReadLineAsync() is { } line)
            {
                _lines.Writer.TryWrite(line);
            }
        }
        catch (Exception failure) when (failure is IOException or ObjectDisposedException or HttpRequestException or OperationCanceledException)
        {
            // Disposed.
        }
    }
}
