using System.Text;
using Orchestrator.Api.Tests.Kit;

namespace Orchestrator.Api.Tests.Hostile;

/// <summary>Requests whose body is the least that is wrong with them.</summary>
internal static class HostileCalls
{
    // Headers go out one byte a character: these two are one é in UTF-8.
    private const string Accent = "\u00c3\u00a9";
    private const string Run = "/v1/runs/run_01JCZ5T8M0ABCDEFGHJKMNPQRS";
    private static readonly byte[] Body = Encoding.UTF8.GetBytes(Sample.Body());

    public static IEnumerable<HostileRequest> ContentTypes()
    {
        string[] types =
        [
            "", " ", "text/plain", "text/json", "application/xml", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded",
            "application/json; charset=utf-16", "application/json; charset=latin1", "application/json; charset=\"utf-7\"", "application/json; charset=",
            "application/json;;;=;", "application/jsonx", "application", "/", "application/*", "*/*", "application/json, text/plain", new string('a', 4000),
            "application/" + Accent,
        ];
        foreach (var type in types)
        {
            yield return new HostileRequest($"Content-Type '{type}'", "POST", "/v1/runs") { Headers = [("Content-Type", type)], Body = Body };
        }

        yield return new HostileRequest("no Content-Type", "POST", "/v1/runs") { Body = Body };
        yield return new HostileRequest("two Content-Types", "POST", "/v1/runs") { Headers = [("Content-Type", "application/json"), ("Content-Type", "text/plain")], Body = Body };
        foreach (var encoding in new[] { "gzip", "br", "identity, gzip", "x-nothing", Accent })
        {
            yield return HostileRequest.Submit("encoded", Body) with { Headers = [("Content-Type", "application/json"), ("Content-Encoding", encoding)] };
        }
    }

    /// <summary>Larger than the hosts of these tests take.</summary>
    public static IEnumerable<HostileRequest> Sizes(int limit)
    {
        foreach (var bytes in new[] { limit + 1, limit * 2, limit * 40 })
        {
            var body = Encoding.UTF8.GetBytes(Sample.Body() + new string(' ', bytes));
            yield return HostileRequest.Submit($"more than {bytes} bytes", body);
            yield return HostileRequest.Submit($"more than {bytes} bytes in chunks", body) with { Chunked = true };
            yield return HostileRequest.Submit($"{bytes} bytes of nothing in chunks", new byte[bytes]) with { Chunked = true };
        }
    }

    public static IEnumerable<HostileRequest> HeaderValues()
    {
        foreach (var key in new[] { "", " ", "a b", "a\tb", Accent, "\u007f", new string('k', 256), new string('k', 8000) })
        {
            yield return HostileRequest.Submit($"Idempotency-Key '{key}'", Body) with { Headers = [("Content-Type", "application/json"), ("Idempotency-Key", key)] };
        }

        yield return HostileRequest.Submit("two keys", Body) with { Headers = [("Content-Type", "application/json"), ("Idempotency-Key", "a"), ("Idempotency-Key", "b")] };
        foreach (var id in new[] { "", " ", "-1", "1.5", "1e3", "0x1", "abc", "9223372036854775808", "1, 2", "\u0661", new string('9', 4000) })
        {
            yield return new HostileRequest($"Last-Event-ID '{id}'", "GET", Run + "/events") { Headers = [("Last-Event-ID", id)] };
        }

        yield return new HostileRequest("two Last-Event-IDs", "GET", Run + "/events") { Headers = [("Last-Event-ID", "1"), ("Last-Event-ID", "2")] };
    }

    /// <summary>To a service with keys.</summary>
    public static IEnumerable<HostileRequest> Authorizations()
    {
        string[] values =
        [
            "", " ", "Bearer", "Bearer ", "Bearer  ", "Bearer\tkey", "Bearer wrong", "Bearer a b", "Bearer " + Accent, "Basic a2V5", "bearer", "Digest x", "key",
            "Bearer ,", "Bearer null", "Bearer " + new string('k', 8000), Accent,
        ];
        foreach (var value in values)
        {
            foreach (var request in new[] { HostileRequest.Submit("", Body), new("", "GET", "/v1/runs"), new("", "DELETE", Run), new("", "POST", Run + "/cancel") })
            {
                yield return request with { Name = $"Authorization '{value}'", Headers = [.. request.Headers, ("Authorization", value)] };
            }
        }

        yield return HostileRequest.Submit("no Authorization", Body);
        yield return new HostileRequest("two Authorizations", "GET", "/v1/runs") { Headers = [("Authorization", "Bearer a"), ("Authorization", "Bearer b")] };
    }

    public static IEnumerable<HostileRequest> Queries()
    {
        string[] list =
        [
            "status=", "status=done", "status=Running", "status=running,queued,x", "limit=", "limit=0", "limit=-1", "limit=1.5", "limit=9999999999999999999999", "limit=a",
            "limit=1&limit=2", "cursor=", "cursor=%00", "cursor=AAAA", "cursor=../../etc/passwd", "cursor=" + new string('A', 4000), "metadata.=x", "metadata=x", "unknown=1", "Status=running",
            "%ff=%ff", "=", "status[]=running", "limit=%D9%A3", "status=%u0041",
        ];
        foreach (var query in list)
        {
            yield return new HostileRequest("list", "GET", "/v1/runs?" + query);
        }

        foreach (var after in new[] { "after=", "after=-1", "after=1.0", "after=+1", "after=9223372036854775808", "after=1&after=2", "after=%31%20", "after=NaN", "after=%00" })
        {
            yield return new HostileRequest("events", "GET", $"{Run}/events?{after}");
            yield return new HostileRequest("stream", "GET", $"{Run}/stream?{after.Replace("after", "from", StringComparison.Ordinal)}");
            yield return new HostileRequest("output", "GET", $"{Run}/output?{after.Replace("after", "wait", StringComparison.Ordinal)}");
        }
    }

    public static IEnumerable<HostileRequest> Addresses()
    {
        string[] ids =
        [
            "x", "run_", "run_01JCZ5T8M0ABCDEFGHJKMNPQR", "run_01jcz5t8m0abcdefghjkmnpqrs", "run_81JCZ5T8M0ABCDEFGHJKMNPQRS", "run_01JCZ5T8M0ABCDEFGHJKMNPQRU", "%72un_01JCZ5T8M0ABCDEFGHJKMNPQRS",
            "%2e%2e", "..%2f..%2fetc%2fpasswd", "%2F", "%5c", "%FF%FE", "%C0%AF", "%ED%A0%80", "%25%30%30", "%0d%0aX-Injected:1", "%20", "%F0%9F%98%80", "%zz", "%", "%u0041", "a;b=c",
            "'%20OR%201=1--", "{id}", "$where", new string('a', 4000), "%E2%80%AE", "run_01JCZ5T8M0ABCDEFGHJKMNPQRS%00",
        ];
        foreach (var id in ids)
        {
            var isNoHttp = id.EndsWith("%00", StringComparison.Ordinal);
            foreach (var (method, rest) in new[]
            {
                ("GET", ""), ("DELETE", ""), ("GET", "/events"), ("GET", "/stream"), ("GET", "/output"), ("GET", "/log"), ("POST", "/cancel"),
            })
            {
                yield return new HostileRequest("id", method, $"/v1/runs/{id}{rest}") { IsNoHttp = isNoHttp };
            }

            yield return new HostileRequest("id", "POST", $"/v1/runs/{id}/feedback")
            {
                Headers = [("Content-Type", "application/json")],
                Body = [.. "{\"feedback\":1}"u8],
                IsNoHttp = isNoHttp,
            };
        }

        foreach (var path in new[] { "/", "//", "/v1", "/v1/", "/v1//runs", "/v2/runs", "/V1/RUNS/x/y", "/v1/runs/x/y/z", "/v1/runs/../../etc/passwd", "/./v1/run", "/v1/runs#x", "/healthz/x", "/openapi", "/favicon.ico", "/\\", "/v1/runs\\x" })
        {
            yield return new HostileRequest("path", "GET", path);
        }
    }

    public static IEnumerable<HostileRequest> Methods()
    {
        foreach (var method in new[] { "PUT", "PATCH", "OPTIONS", "TRACE", "FOO", "PROPFIND", "M-SEARCH" })
        {
            foreach (var path in new[] { "/v1/runs", Run, Run + "/events", Run + "/cancel", "/healthz", "/readyz", "/openapi/v1.json" })
            {
                yield return new HostileRequest("method", method, path);
                yield return new HostileRequest("method with a body", method, path) { Headers = [("Content-Type", "application/json")], Body = Body };
            }
        }

        yield return new HostileRequest("delete all", "DELETE", "/v1/runs");
        yield return new HostileRequest("asterisk", "OPTIONS", "*");
    }

    /// <summary>What is not even HTTP. The server answers by itself, before there is a request to give a problem to.</summary>
    public static IEnumerable<HostileRequest> Lines()
    {
        yield return new HostileRequest("a space in the target", "GET", "/v1/runs x") { IsNoHttp = true };
        yield return new HostileRequest("a null in the target", "GET", "/v1/runs\0") { IsNoHttp = true };
        yield return new HostileRequest("a line too long", "GET", "/v1/runs?" + new string('a', 100_000)) { IsNoHttp = true };
        yield return new HostileRequest("a method of nothing", "", "/v1/runs") { IsNoHttp = true };
        yield return new HostileRequest("headers too large", "GET", "/v1/runs") { Headers = [("X-A", new string('a', 100_000))], IsNoHttp = true };
        yield return new HostileRequest("too many headers", "GET", "/v1/runs") { Headers = [.. Enumerable.Range(0, 500).Select(static i => ($"X-{i}", "1"))], IsNoHttp = true };
        yield return new HostileRequest("a header without a name", "GET", "/v1/runs") { Headers = [("", "x")], IsNoHttp = true };
        yield return new HostileRequest("a header with a space in its name", "GET", "/v1/runs") { Headers = [("X A", "x")], IsNoHttp = true };
        yield return new HostileRequest("a null in a header", "GET", "/v1/runs") { Headers = [("Idempotency-Key", "a\0b")], IsNoHttp = true };
        yield return new HostileRequest("a tunnel", "CONNECT", "localhost:80") { IsNoHttp = true };
        yield return new HostileRequest("a header in Latin-1", "GET", "/v1/runs") { Headers = [("Idempotency-Key", "\u00e9")], IsNoHttp = true };
        yield return new HostileRequest("two lengths", "POST", "/v1/runs") { Headers = [("Content-Length", "5"), ("Content-Length", "6")], IsNoHttp = true };
        yield return new HostileRequest("a length below nothing", "POST", "/v1/runs") { Headers = [("Content-Length", "-1")], IsNoHttp = true };
        yield return new HostileRequest("two hosts", "GET", "/v1/runs") { Headers = [("Host", "other")], IsNoHttp = true };
        yield return new HostileRequest("an unknown coding", "POST", "/v1/runs") { Headers = [("Transfer-Encoding", "gzip")], IsNoHttp = true };
    }
}
