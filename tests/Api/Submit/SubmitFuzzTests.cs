using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.Api.Submit;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>Whatever is sent, the answer is a run or a refusal that says why; and what is accepted, the engine can work with.</summary>
public sealed class SubmitFuzzTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    [InlineData(-77)]
    public async Task Any_body_is_accepted_or_refused_as_a_problem(int seed)
    {
        await using var host = await ApiHost.StartAsync();
        var bodies = new BodyMutations(seed);
        var refused = 0;
        for (var i = 0; i < 400; i++)
        {
            var body = bodies.Next();
            using var response = await host.Http.PostAsync("/v1/runs", HttpExtensions.Json(body));
            if (response.StatusCode != HttpStatusCode.Accepted)
            {
                refused++;
                Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"seed {seed}, body {i} was answered {response.StatusCode}: {Encoding.UTF8.GetString(body)}");
                var code = (await response.ReadJsonAsync()).GetProperty("code").GetString();
                Assert.True(code is "invalid" or "config", code);
            }
        }

        Assert.Empty(host.Log.Lines);
        Assert.InRange(refused, 100, 399);
        Assert.Equal(400 - refused, host.Runs.Submissions.Count);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(424242)]
    public void What_is_parsed_is_fit_for_the_engine(int seed)
    {
        var bodies = new BodyMutations(seed);
        for (var i = 0; i < 20_000; i++)
        {
            var body = bodies.Next();
            var (submission, problem) = SubmitParser.Parse(body, maxDepth: 64, Configured.Bridge);
            Assert.True(submission is null != problem is null);
            if (submission is null)
            {
                Assert.NotEmpty(problem!.Errors);
                continue;
            }

            // What the engine does with it later: the journal's JSON, and the input of a continuation.
            JsonSerializer.SerializeToUtf8Bytes(submission.Spec);
            SealedHeaders.Seal(new NoSeal(), submission.ExtraHeaders);
            using var input = JsonDocument.Parse(submission.Inputs.Default);
            Assert.Equal(JsonValueKind.Object, input.RootElement.ValueKind);
            JsonSerializer.SerializeToUtf8Bytes(input.RootElement);
        }
    }

    private sealed class NoSeal : ISecretSeal
    {
        public byte[] Seal(ReadOnlySpan<byte> secret) => secret.ToArray();

        public byte[] Open(ReadOnlySpan<byte> sealedSecret) => sealedSecret.ToArray();
    }
}
