using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using OpenAI.Chat;

namespace Orchestrator.Gateway.Tests.Handler;

/// <summary>Answers come back as they are, and when they come.</summary>
public sealed class HandlerAnswerTests
{
    [Fact]
    public async Task A_stream_is_not_buffered()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Chunk("first"));
            await context.Response.Body.FlushAsync();
            await goOn.Task;
            await context.Response.WriteAsync(Chunk("second") + "data: [DONE]\n\n");
        });
        using var http = OpenAiSdk.Http(new AiGatewayHandlerOptions { Bridge = new BridgeOptions { Url = new Uri(server.Url) } });

        await using var updates = OpenAiSdk.Chat(http, "m").CompleteChatStreamingAsync("Hello").GetAsyncEnumerator();
        Assert.True(await updates.MoveNextAsync().AsTask().SoonAsync());
        Assert.Equal("first", updates.Current.ContentUpdate[0].Text);
        goOn.SetResult();
        Assert.True(await updates.MoveNextAsync().AsTask().SoonAsync());
        Assert.Equal("second", updates.Current.ContentUpdate[0].Text);
    }

    [Fact]
    public async Task A_reader_that_goes_away_is_felt_by_the_gateway()
    {
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await BridgeServer.StartAsync(async context =>
        {
            context.RequestAborted.Register(gone.SetResult);
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync(Chunk("first"));
            await context.Response.Body.FlushAsync();
            await gone.Task;
        });
        using var http = OpenAiSdk.Http(new AiGatewayHandlerOptions { Bridge = new BridgeOptions { Url = new Uri(server.Url) } });

        await foreach (var update in OpenAiSdk.Chat(http, "m").CompleteChatStreamingAsync("Hello"))
        {
            Assert.Equal("first", update.ContentUpdate[0].Text);
            break;
        }

        await gone.Task.SoonAsync();
    }

    [Fact]
    public async Task The_answer_is_the_gateway_s_own_and_its_request_the_SDK_s()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.PaymentRequired) { Content = new StringContent("untouched") };
        answer.Headers.Add("cf-aig-log-id", "log1");
        answer.Headers.Add("cf-aig-cache-status", "HIT");
        answer.Headers.Add("cf-aig-step", "0");
        GatewayAnswer? told = null;
        using var http = new HttpMessageInvoker(new AiGatewayHandler(
            HandlerRouteTests.Options() with { OnAnswer = taken => told = taken }, new StubHandler(_ => answer)));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/x") { Content = new StringContent("{}") };

        var response = await http.SendAsync(request, CancellationToken.None);

        Assert.Same(answer, response);
        Assert.Same(request, response.RequestMessage);
        Assert.Equal("untouched", await response.Content.ReadAsStringAsync());
        var headers = new ReplyHeaders { Status = 402, LogId = "log1", CacheStatus = "HIT", Step = 0 };
        Assert.Equal(headers, AiGatewayHandler.HeadersOf(response));
        Assert.Equal(new GatewayAnswer(request, "openai", headers), told);
    }

    [Fact]
    public async Task A_request_can_be_sent_again()
    {
        var stub = HandlerRouteTests.Stub();
        using var http = new HttpMessageInvoker(new AiGatewayHandler(HandlerRouteTests.Options(), stub));
        using var request = new HttpRequestMessage(HttpMethod.Post, "https://api.openai.com/v1/x") { Content = new StringContent("{}") };
        for (var i = 0; i < 2; i++)
        {
            using var response = await http.SendAsync(request, CancellationToken.None);
            Assert.EndsWith("/acc/gw/openai/v1/x", stub.Request!.RequestUri!.AbsoluteUri, StringComparison.Ordinal);
            Assert.Equal("{}", stub.Body);
        }
    }

    [Fact]
    public async Task What_the_inner_handler_throws_is_thrown()
    {
        var fault = new HttpRequestException("refused");
        using var http = new HttpMessageInvoker(new AiGatewayHandler(HandlerRouteTests.Options(), StubHandler.Failing(fault)));
        using var request = new HttpRequestMessage(HttpMethod.Get, "https://api.openai.com/v1/models");

        Assert.Same(fault, await Assert.ThrowsAsync<HttpRequestException>(() => http.SendAsync(request, CancellationToken.None)));
    }

    private static string Chunk(string text) =>
        $"data: {{\"id\":\"c\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"{text}\"}},\"finish_reason\":null}}]}}\n\n";
}
