using System.Net;
using Orchestrator.Api.Problems;
using Orchestrator.Api.Tests.Kit;
using Orchestrator.Api.Tests.Submit;
using Orchestrator.Api.Tests.WithEngine;

namespace Orchestrator.Api.Tests.Hostile;

/// <summary>
/// Requests that no client should send, to the engine behind the API: each is answered in time with a client's error that programs can
/// tell by its code, nothing is kept, nothing is sent on, and the service is as well after it as before.
/// </summary>
public sealed class HostileTests
{
    private const int MaxBodyBytes = 64 * 1024;
    private static readonly string[] Codes = [.. typeof(ProblemCodes).GetFields().Select(static field => (string)field.GetRawConstantValue()!)];

    public static TheoryData<string> Corpora() => [.. Corpus.Keys];

    private static readonly Dictionary<string, Func<IEnumerable<HostileRequest>>> Corpus = new(StringComparer.Ordinal)
    {
        ["truncated"] = HostileBodies.Truncated,
        ["wrong types"] = HostileBodies.WrongTypes,
        ["numbers"] = HostileBodies.Numbers,
        ["texts"] = HostileBodies.Texts,
        ["names"] = HostileBodies.Names,
        ["nested"] = HostileBodies.Nested,
        ["marks"] = HostileBodies.Marks,
        ["content types"] = HostileCalls.ContentTypes,
        ["sizes"] = static () => HostileCalls.Sizes(MaxBodyBytes),
        ["headers"] = HostileCalls.HeaderValues,
        ["queries"] = HostileCalls.Queries,
        ["addresses"] = HostileCalls.Addresses,
        ["methods"] = HostileCalls.Methods,
        ["lines"] = HostileCalls.Lines,
    };

    [Theory]
    [MemberData(nameof(Corpora))]
    public Task A_hostile_request_is_refused_and_leaves_nothing(string corpus) => RefusedAsync(Corpus[corpus]());

    [Theory]
    [InlineData(1)]
    [InlineData(20261121)]
    [InlineData(-404)]
    public Task A_garbled_body_is_refused_and_leaves_nothing(int seed) => RefusedAsync(HostileBodies.Garbled(seed, 400));

    [Fact]
    public async Task Without_a_good_key_nothing_is_done()
    {
        var gateway = new CountingGateway();
        await using var host = await EngineHost.StartAsync(
            gateway, ("Auth:Keys:0:Tenant", "acme"), ("Auth:Keys:0:Key", "key"), ("Auth:Keys:0:Roles:0", "operate"));
        foreach (var request in HostileCalls.Authorizations())
        {
            var answer = await RawAnswer.OfAsync(host.Address, request);
            Assert.True(answer.Status == 401 && answer.Code() == ProblemCodes.Unauthorized, $"{request}\nwas answered {answer}");
        }

        Assert.Equal(0, gateway.Calls);
        Assert.Empty(host.Log.Lines);
    }

    [Fact]
    public async Task The_body_that_the_corpora_are_made_of_is_accepted()
    {
        await using var host = await ApiHost.StartAsync();

        using var response = await host.Http.SubmitAsync(new JsonPlaces(Bodies.Full).With(["retry", "maxAttempts"], "3"));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    private static async Task RefusedAsync(IEnumerable<HostileRequest> requests)
    {
        var gateway = new CountingGateway();
        await using var host = await EngineHost.StartAsync(gateway, ("Api:MaxBodyBytes", "65536"));
        var (count, wrong) = (0, new List<string>());
        foreach (var request in requests)
        {
            count++;
            var answer = await RawAnswer.OfAsync(host.Address, request);
            if (Objection(request, answer) is { } objection)
            {
                wrong.Add($"{objection}: {request}\nwas answered {answer}");
            }
        }

        Assert.True(count > 5, "The corpus is empty.");
        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n{string.Join("\n---\n", wrong.Take(8))}");
        Assert.Empty((await (await host.Http.GetAsync("/v1/runs")).ReadJsonAsync()).GetProperty("runs").EnumerateArray());
        Assert.Equal(0, gateway.Calls);
        Assert.Empty(host.Log.Lines);
        using var alive = await host.Http.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
    }

    private static string? Objection(HostileRequest request, RawAnswer answer)
    {
        if (answer.Status is < 400 or >= 500)
        {
            return "Not a client's error";
        }

        if (request.IsNoHttp)
        {
            return null;
        }

        return answer.ContentType != "application/problem+json" || !Codes.Contains(answer.Code(), StringComparer.Ordinal) ? "Not a problem with a code" : null;
    }
}
