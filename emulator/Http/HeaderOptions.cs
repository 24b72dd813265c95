using System.Globalization;
using System.Text.Json;
using Orchestrator.Emulator.Runs;

namespace Orchestrator.Emulator.Http;

/// <summary>The options of a dispatch that came as headers.</summary>
internal sealed record HeaderOptions
{
    private const int MostAttempts = 5;
    private const int LongestDelayMs = 5_000;

    /// <summary>What the caller counts it under: metadata <c>run</c>, or else <see cref="Headers.EmulatorKey"/>.</summary>
    public string? Key { get; private init; }

    /// <summary>A JSON object, or null.</summary>
    public string? Metadata { get; private init; }

    public bool CollectLog { get; private init; }

    public CacheWish? Cache { get; private init; }

    /// <summary>Milliseconds to the first byte; null waits for ever.</summary>
    public int? RequestTimeoutMs { get; private init; }

    /// <summary>From 1.</summary>
    public int MaxAttempts { get; private init; }

    private int RetryDelayMs { get; init; }

    private string? Backoff { get; init; }

    /// <param name="header">The value of a header, null when it is not there.</param>
    public static HeaderOptions Read(Func<string, string?> header)
    {
        var metadata = header(Headers.Metadata);
        var (isObject, run) = Parse(metadata);
        return new()
        {
            Key = run ?? header(Headers.EmulatorKey),
            Metadata = isObject ? metadata : null,
            CollectLog = header(Headers.CollectLog) != "false",
            Cache = new CacheWish(Number(header(Headers.CacheTtl)), header(Headers.CacheKey), header(Headers.SkipCache) == "true"),
            RequestTimeoutMs = Number(header(Headers.RequestTimeout)),
            MaxAttempts = Math.Clamp(Number(header(Headers.MaxAttempts)) ?? 1, 1, MostAttempts),
            RetryDelayMs = Math.Min(Number(header(Headers.RetryDelay)) ?? 0, LongestDelayMs),
            Backoff = header(Headers.Backoff),
        };
    }

    public static HeaderOptions Read(IHeaderDictionary headers) =>
        Read(name => headers.TryGetValue(name, out var value) ? value.ToString() : null);

    /// <summary>The wait after an attempt, counted from 1.</summary>
    public int DelayMs(int attempt) => Backoff switch
    {
        "linear" => RetryDelayMs * attempt,
        "exponential" => RetryDelayMs << (attempt - 1),
        _ => RetryDelayMs,
    };

    private static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static (bool IsObject, string? Run) Parse(string? metadata)
    {
        try
        {
            using var document = JsonDocument.Parse(metadata ?? "null");
            return (document.RootElement.ValueKind == JsonValueKind.Object, document.RootElement.Member("run")?.ToString());
        }
        catch (JsonException)
        {
            return (false, null);
        }
    }
}
