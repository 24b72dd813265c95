using System.Net;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Submit;

/// <summary>What is wrong with single fields: where the answer points, and what it says.</summary>
public sealed class SubmitRefusalTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Tasks = "Give text-generation, embeddings, image, transcription, speech, rerank, classification, translation, summarization, "
        + "vision or ai-search.";

    public static TheoryData<string, string, string> OneProblem() => new()
    {
        // model, input, task
        { """{"input":{}}""", "/model", "The model is missing. Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model." },
        { """{"model":null,"input":{}}""", "/model", "The model is missing. Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model." },
        { """{"model":5,"input":{}}""", "/model", "Give a text, not a number." },
        { """{"model":"","input":{}}""", "/model", "Give 1 to 256 characters." },
        { """{"model":"gpt-5","input":{}}""", "/model", "This is no model's name. Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model." },
        { """{"model":"@hf/x","input":{}}""", "/model", "This is no model's name. Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model." },
        { """{"model":"openai/a b","input":{}}""", "/model", "This is no model's name. Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model." },
        { """{"model":"openai/a"}""", "/input", "The input is missing. Give the model's own, such as { \"messages\": [ … ] }." },
        { """{"model":"openai/a","input":null}""", "/input", "The input is missing. Give the model's own, such as { \"messages\": [ … ] }." },
        { """{"model":"openai/a","input":"Hi"}""", "/input", "Give an object in the model's own schema, not a text." },
        { """{"model":"openai/a","input":[]}""", "/input", "Give an object in the model's own schema, not a list." },
        { Sample.Body("\"task\":\"embedding\""), "/task", Tasks },
        { Sample.Body("\"task\":7"), "/task", Tasks },
        { Sample.Body("\"task\":\"speech\",\"resume\":true"), "/resume", "speech is answered at once, not by a stream that could be resumed: leave resume unset." },
        { """{"model":"@cf/baai/bge-m3","input":{"text":"a"},"resume":true}""", "/resume", "embeddings is answered at once, not by a stream that could be resumed: leave resume unset." },
        { """{"model":"@cf/baai/bge-m3","input":{"text":"a"},"fallback":{"models":["@cf/baai/bge-large-en-v1.5","openai/a"]}}""", "/fallback/models/1", "This is a model for text-generation, but the run's task is embeddings: choose another model, or name the task." },

        { Sample.Body("\"n\":2"), "/n", "Only images come in several: submit a run for each." },
        { """{"model":"@cf/lykon/dreamshaper-8-lcm","input":{"prompt":"a"},"n":11}""", "/n", "Give a whole number from 1 to 10." },

        // unknown fields
        { Sample.Body("\"tasks\":null"), "/tasks", "There is no such field here. There are: model, input, task, n, fallback, retry, resume, onResumeExpired, onStreamFailure, transport, gateway, byok, byokAlias, zdr, extraHeaders, sessionAffinity, timeouts, metadata, webhook." },
        { Sample.Body("\"Retry\":{}"), "/Retry", "There is no such field here; names are case-sensitive: use retry." },
        { Sample.Body("\"retry\":{\"max\":1}"), "/retry/max", "There is no such field here. There are: maxAttempts, delayMs, maxDelayMs, backoff." },
        { Sample.Body("\"fallback\":{\"model\":\"x\"}"), "/fallback/model", "There is no such field here. There are: mode, models, inputs." },
        { Sample.Body("\"timeouts\":{\"totalms\":1}"), "/timeouts/totalms", "There is no such field here; names are case-sensitive: use totalMs." },
        { Sample.Body("\"gateway\":{\"retries\":{\"a/b\":1}}"), "/gateway/retries/a~1b", "There is no such field here. There are: maxAttempts, retryDelayMs, backoff." },

        // fallback
        { Sample.Body("\"fallback\":[]"), "/fallback", "Give an object, not a list." },
        { Sample.Body("\"fallback\":{\"mode\":\"auto\"}"), "/fallback/mode", "Give client or server." },
        { Sample.Body("\"fallback\":{\"models\":\"openai/b\"}"), "/fallback/models", "Give a list, not a text." },
        { Sample.Body("\"fallback\":{\"models\":[\"openai/b\",null]}"), "/fallback/models/1", "Give a model's name, not null." },
        { Sample.Body("\"fallback\":{\"models\":[\"b\"]}"), "/fallback/models/0", "This is no model's name. Give provider/model, such as openai/gpt-5-mini, or @cf/… for a Workers AI model." },
        { Sample.Body($"\"fallback\":{{\"models\":[{string.Join(',', Enumerable.Repeat("\"openai/b\"", 17))}]}}"), "/fallback/models", "At most 16 models, these are 17." },
        { Sample.Body("\"fallback\":{\"inputs\":[]}"), "/fallback/inputs", "Give an object, not a list." },
        { Sample.Body("\"fallback\":{\"models\":[\"openai/b\"],\"inputs\":{\"openai/c\":{}}}"), "/fallback/inputs/openai~1c", "This model is not in fallback.models: add it there, written the same, or remove its input." },
        { Sample.Body("\"fallback\":{\"models\":[\"openai/b\"],\"inputs\":{\"openai/b\":[]}}"), "/fallback/inputs/openai~1b", "Give an object in the model's own schema, not a list." },
        { Sample.Body($"\"fallback\":{{\"models\":[\"{Sample.Model}\"],\"inputs\":{{\"{Sample.Model}\":{{}}}}}}"), "/fallback/inputs/openai~1gpt-5-mini", "This is the model of the first leg: its input is input." },

        // retry
        { Sample.Body("\"retry\":3"), "/retry", "Give an object, not a number." },
        { Sample.Body("\"retry\":{\"maxAttempts\":0}"), "/retry/maxAttempts", "Give a whole number from 1 to 20." },
        { Sample.Body("\"retry\":{\"maxAttempts\":21}"), "/retry/maxAttempts", "Give a whole number from 1 to 20." },
        { Sample.Body("\"retry\":{\"maxAttempts\":2.5}"), "/retry/maxAttempts", "Give a whole number from 1 to 20." },
        { Sample.Body("\"retry\":{\"maxAttempts\":1e999}"), "/retry/maxAttempts", "Give a whole number from 1 to 20." },
        { Sample.Body("\"retry\":{\"maxAttempts\":99999999999999999999999999}"), "/retry/maxAttempts", "Give a whole number from 1 to 20." },
        { Sample.Body("\"retry\":{\"maxAttempts\":\"3\"}"), "/retry/maxAttempts", "Give a number, not a text." },
        { Sample.Body("\"retry\":{\"delayMs\":-1}"), "/retry/delayMs", "Give a whole number from 0 to 3600000." },
        { Sample.Body("\"retry\":{\"delayMs\":40000}"), "/retry/delayMs", "It is longer than maxDelayMs (30000): lower it, or raise maxDelayMs." },
        { Sample.Body("\"retry\":{\"delayMs\":11,\"maxDelayMs\":10}"), "/retry/delayMs", "It is longer than maxDelayMs (10): lower it, or raise maxDelayMs." },
        { Sample.Body("\"retry\":{\"backoff\":\"Exponential\"}"), "/retry/backoff", "Give constant, linear or exponential." },
        { Sample.Body("\"retry\":{\"backoff\":3}"), "/retry/backoff", "Give constant, linear or exponential." },

        // policies, flags, transport
        { Sample.Body("\"resume\":\"true\""), "/resume", "Give true or false, not a text." },
        { Sample.Body("\"byok\":0"), "/byok", "Give true or false, not a number." },
        { Sample.Body("\"zdr\":[]"), "/zdr", "Give true or false, not a list." },
        { Sample.Body("\"onResumeExpired\":\"ignore\""), "/onResumeExpired", "Give error, accept-partial, restart or continue." },
        { Sample.Body("\"onStreamFailure\":true"), "/onStreamFailure", "Give error, accept-partial, restart or continue." },
        { Sample.Body("\"transport\":\"rest\""), "/transport", "Give run or gateway." },

        // gateway
        { Sample.Body("\"gateway\":\"default\""), "/gateway", "Give an object, not a text." },
        { Sample.Body("\"gateway\":{\"id\":\"..\"}"), "/gateway/id", "This is not an id." },
        { Sample.Body("\"gateway\":{\"id\":\"\"}"), "/gateway/id", "Give 1 to 1024 characters." },
        { Sample.Body("\"gateway\":{\"cacheKey\":\"é\"}"), "/gateway/cacheKey", "Give 1 to 1024 printable ASCII characters: it travels in a header." },
        { Sample.Body("\"gateway\":{\"eventId\":\"a\\nb\"}"), "/gateway/eventId", "Give 1 to 1024 printable ASCII characters: it travels in a header." },
        { Sample.Body("\"gateway\":{\"requestTimeoutMs\":0}"), "/gateway/requestTimeoutMs", "Give milliseconds, 1 or more." },
        { Sample.Body("\"gateway\":{\"collectLog\":\"no\"}"), "/gateway/collectLog", "Give true or false, not a text." },
        { Sample.Body("\"gateway\":{\"retries\":{\"maxAttempts\":6}}"), "/gateway/retries/maxAttempts", "Give 1 to 5." },
        { Sample.Body("\"gateway\":{\"retries\":{\"retryDelayMs\":5001}}"), "/gateway/retries/retryDelayMs", "Give milliseconds, 0 to 5000." },
        { Sample.Body("\"gateway\":{\"metadata\":{\"a\":1,\"b\":2,\"c\":3,\"d\":4,\"e\":5,\"f\":6}}"), "/gateway/metadata", "At most 5 entries, these are 6." },
        { Sample.Body("\"gateway\":{\"metadata\":{\"a\":{}}}"), "/gateway/metadata/a", "Give a text, a number, true or false, not an object." },

        // headers
        { Sample.Body("\"extraHeaders\":[]"), "/extraHeaders", "Give an object, not a list." },
        { Sample.Body("\"extraHeaders\":{\"x-a\":1}"), "/extraHeaders/x-a", "Give the header's value as a text, not a number." },
        { Sample.Body("\"extraHeaders\":{\"x-a\":null}"), "/extraHeaders/x-a", "Give the header's value as a text, not null." },
        { Sample.Body("\"extraHeaders\":{\"host\":\"a\"}"), "/extraHeaders/host", "This header belongs to the connection and is never passed on: remove it." },
        { Sample.Body("\"extraHeaders\":{\"x/a\":\"a\"}"), "/extraHeaders/x~1a", "A header's name is 1 to 128 letters, digits and !#$%&'*+-.^_`|~ (RFC 9110)." },
        { Sample.Body("\"extraHeaders\":{\"x-a\":\"a\\r\\nb\"}"), "/extraHeaders/x-a", "A header's value is at most 8192 printable ASCII characters, without line breaks and without spaces at its ends." },
        { Sample.Body("\"extraHeaders\":{\"x-a\":\"1\",\"X-A\":\"2\"}"), "/extraHeaders/X-A", "The header is there twice, in different letters: keep one." },
        { Sample.Body("\"sessionAffinity\":\"a\",\"extraHeaders\":{\"X-Session-Affinity\":\"b\"}"), "/extraHeaders/X-Session-Affinity", "sessionAffinity sets this header too: remove one of them." },
        { Sample.Body("\"zdr\":false,\"extraHeaders\":{\"cf-aig-zdr\":\"true\"}"), "/extraHeaders/cf-aig-zdr", "zdr sets this header too: remove one of them." },
        { Sample.Body("\"sessionAffinity\":\"a\\u0007\""), "/sessionAffinity", "Give printable ASCII without spaces at its ends: it travels in a header." },
        { Sample.Body("\"sessionAffinity\":{}"), "/sessionAffinity", "Give a text, not an object." },

        // timeouts
        { Sample.Body("\"timeouts\":{\"firstEventMs\":0}"), "/timeouts/firstEventMs", "Give a whole number from 1 to 86400000." },
        { Sample.Body("\"timeouts\":{\"idleMs\":2147483648}"), "/timeouts/idleMs", "Give a whole number from 1 to 86400000." },
        { Sample.Body("\"timeouts\":{\"totalMs\":604800001}"), "/timeouts/totalMs", "Give a whole number from 1 to 604800000." },

        // metadata
        { Sample.Body("\"metadata\":[1]"), "/metadata", "Give an object, not a list." },
        { Sample.Body("\"metadata\":{\"a\":null}"), "/metadata/a", "Give a text, a number, true or false, not null." },
        { Sample.Body("\"metadata\":{\"a\":{\"b\":1}}"), "/metadata/a", "Give a text, a number, true or false, not an object." },
        { Sample.Body("\"metadata\":{\"\":1}"), "/metadata/", "A name has 1 to 128 characters and no control characters." },
        { Sample.Body($"\"metadata\":{{\"a\":\"{new string('x', 1025)}\"}}"), "/metadata/a", "A text has at most 1024 characters." },
        { Sample.Body($"\"metadata\":{{\"a\":{new string('1', 65)}}}"), "/metadata/a", "A number has at most 64 characters." },
        { Sample.Body($"\"metadata\":{{{string.Join(',', Enumerable.Range(0, 65).Select(static i => $"\"k{i}\":{i}"))}}}"), "/metadata", "At most 64 entries, these are 65." },

        // webhook
        { Sample.Body("\"webhook\":\"https://example.com\""), "/webhook", "Give an object, not a text." },
        { Sample.Body("\"webhook\":{}"), "/webhook/url", "The URL is missing: give an absolute http or https URL." },
        { Sample.Body("\"webhook\":{\"url\":\"/hook\"}"), "/webhook/url", "Give an absolute http or https URL." },
        { Sample.Body("\"webhook\":{\"url\":\"ftp://example.com\"}"), "/webhook/url", "Give an absolute http or https URL." },
        { Sample.Body("\"webhook\":{\"url\":\"file:///etc/passwd\"}"), "/webhook/url", "Give an absolute http or https URL." },
        { Sample.Body("\"webhook\":{\"url\":\"https://u:p@example.com\"}"), "/webhook/url", "Remove the name and password from the URL: it is shown with the run." },
        { Sample.Body("\"webhook\":{\"url\":\"https://example.com\",\"events\":\"run.failed\"}"), "/webhook/events", "Give a list, not a text." },
        { Sample.Body("\"webhook\":{\"url\":\"https://example.com\",\"events\":[\"run.failed\",\"run.created\"]}"), "/webhook/events/1", "Give run.completed, run.failed or run.cancelled." },
        { Sample.Body("\"webhook\":{\"url\":\"https://example.com\",\"secret\":\"x\"}"), "/webhook/secret", "There is no such field here. There are: url, events." },
    };

    [Theory]
    [MemberData(nameof(OneProblem))]
    public async Task A_field_that_is_wrong_is_named_with_what_mends_it(string body, string pointer, string message)
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync(body);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal((pointer, message), Assert.Single(problem.Errors()));
        Assert.Equal($"{pointer}: {message}", problem.GetProperty("detail").GetString());
        Assert.Empty(host.Runs.Submissions);
    }

    [Fact]
    public async Task All_problems_are_listed_at_once()
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync("""
            {
              "model": "gpt", "input": 1, "task": "x", "fallback": { "models": [1], "inputs": { "a": 2 } }, "retry": { "maxAttempts": 0, "backoff": "x" },
              "resume": 1, "gateway": { "retries": { "maxAttempts": 9 }, "what": 1 }, "extraHeaders": { "te": "x" }, "timeouts": { "idleMs": 0 },
              "metadata": { "a": [] }, "webhook": { "events": ["x"] }, "extra": 1
            }
            """);

        var problem = await response.ReadProblemAsync(HttpStatusCode.BadRequest, "invalid");
        Assert.Equal(
            "/extra /extraHeaders/te /fallback/inputs/a /fallback/models/0 /gateway/retries/maxAttempts /gateway/what /input /metadata/a /model "
            + "/resume /retry/backoff /retry/maxAttempts /task /timeouts/idleMs /webhook/events/0 /webhook/url",
            string.Join(' ', problem.Errors().Select(static error => error.Where).Order(StringComparer.Ordinal)));
        Assert.Equal("16 problems, all listed in errors.", problem.GetProperty("detail").GetString());
        Assert.Empty(host.Runs.Submissions);
    }

    [Fact]
    public async Task A_refusal_never_quotes_the_value_of_a_header()
    {
        var host = shared.Host;

        using var response = await host.Http.SubmitAsync(Sample.Body("\"extraHeaders\":{\"authorization\":\"Bearer s3cret\\n\",\"x\":\"s3cret\\u00e9\"}"));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("s3cret", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
