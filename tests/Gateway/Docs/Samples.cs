using System.Buffers;
using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text;
using OpenAI;
using OpenAI.Chat;

namespace Orchestrator.Gateway.Tests.Docs;

/// <summary>The samples of README.md and docs/gateway.md, line by line, so that they compile. <see cref="SampleTests"/> compares.</summary>
internal static class Samples
{
    public static async Task RunsAsync(string secret, string account, string token, string key, byte[] inputs, CancellationToken ct)
    {
        using var http = new HttpMessageInvoker(BridgeHttp.CreateHandler());
        IAiGateway gateway = new AiGateway(http, new AiGatewayOptions
        {
            Bridge = new BridgeOptions { Url = new Uri("https://bridge.example.com"), Secret = secret }, // runs that can be resumed
            Account = new AccountOptions { AccountId = account, ApiToken = token },                      // or this: no Worker, no resuming
        });

        var reply = await gateway.RunAsync(new RunRequest { Model = "openai/gpt-5-mini", Inputs = inputs }, ct);
        if (reply is StreamReply stream)
        {
            await using var _ = stream;
            var taken = 0L;
            StreamSignal signal;
            while ((signal = await stream.Events.WaitAsync(ct)).Kind == StreamSignalKind.Events)
            {
                while (stream.Events.TryRead(out var raw))
                {
                    taken++; // whole events: what a resume counts
                }
            }

            if (signal.Kind == StreamSignalKind.Broken && stream.Resumable)
            {
                var rest = await gateway.ResumeAsync(new ResumeRequest("default", stream.Headers.RunId!, From: taken, stream.Wire), ct);
            }
        }

        IAiGateway all = new DirectUpstreams(
            http,
            [
                new DirectUpstream { Name = "local", BaseUrl = new Uri("http://localhost:11434/v1") },
                new DirectUpstream
                {
                    Name = "claude-proxy", BaseUrl = new Uri("https://claude.example.com"), ApiKey = key, Wire = WireFormat.Anthropic,
                },
            ],
            gateway);

        var answer = await all.RunAsync(new RunRequest { Model = "local/llama3.3:70b", Inputs = inputs }, ct);
    }

    public static async Task<(string Text, bool Complete)> ReadAsync(StreamReply stream, CancellationToken ct)
    {
        var answer = new StringBuilder();
        var reading = new ChunkReading();
        var complete = false;
        while ((await stream.Events.WaitAsync(ct)).Kind == StreamSignalKind.Events)
        {
            while (stream.Events.TryRead(out var raw))
            {
                WireReader.Read(stream.Wire, raw.ToArray(), reading, reading.Carried);
                complete |= reading.Terminal;
                foreach (var delta in reading.Deltas)
                {
                    if (delta.Kind == DeltaKind.Text)
                    {
                        JsonText.Unescape(reading.EscapedText(delta), answer);
                    }
                }
            }
        }

        return (answer.ToString(), complete);
    }

    public static async Task SdkAsync(string account, string token)
    {
        using var http = new HttpClient(new AiGatewayHandler(
            new AiGatewayHandlerOptions
            {
                Account = new AccountOptions { AccountId = account, ApiToken = token },
                Gateway = new GatewayOptions { Id = "production", CacheTtl = 3_600, Zdr = true },
                OnAnswer = answer => Console.WriteLine($"{answer.Provider} log {answer.Headers.LogId}, cache {answer.Headers.CacheStatus}"),
            },
            BridgeHttp.CreateHandler()));

        var chat = new ChatClient("gpt-5-mini", new ApiKeyCredential("not-needed"), new OpenAIClientOptions
        {
            Transport = new HttpClientPipelineTransport(http),
        });
        await foreach (var update in chat.CompleteChatStreamingAsync("Hello"))
        {
            Console.Write(string.Concat(update.ContentUpdate.Select(part => part.Text)));
        }
    }

    public static void Settings(Dictionary<string, DirectUpstreamSettings> settings)
    {
        var upstreams = DirectUpstreamSettings.Read(settings, out var problems);
        foreach (var problem in problems)
        {
            Console.Error.WriteLine($"{problem.Field}: {problem.Message}"); // Upstreams:local:BaseUrl: Give an absolute …
        }
    }
}
