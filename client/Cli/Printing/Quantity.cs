using System.Globalization;
using Orchestrator.Client;

namespace Orchestrator.Cli;

/// <summary>Numbers and times as people read them.</summary>
internal static class Quantity
{
    public static string Of(long count, string what) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {what}{(count == 1 ? "" : "s")}");

    public static string Of(int count, string one, string many) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");

    public static string Of(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min {time.Seconds} s"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h {time.Minutes} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} days"),
    };

    /// <summary>As exactly as a person wants it who asks how long ago something was.</summary>
    public static string Ago(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{Math.Max(0, (int)time.TotalSeconds)} s ago"),
        { TotalMinutes: < 60 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalMinutes} min ago"),
        { TotalHours: < 48 } => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours} h ago"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalDays} days ago"),
    };

    public static string? Of(long? tokens) => tokens is { } count ? Of(count, "token") : null;

    /// <summary>Null where the provider says nothing of tokens.</summary>
    public static string? Of(Usage? usage) => usage switch
    {
        null or { TotalTokens: null, InputTokens: null, OutputTokens: null } => null,
        { InputTokens: { } input, OutputTokens: { } output } =>
            Of(usage.TotalTokens ?? (input + output), "token") + string.Create(CultureInfo.InvariantCulture, $" ({input:N0} in, {output:N0} out)"),
        _ => Of(usage.TotalTokens ?? usage.InputTokens ?? usage.OutputTokens ?? 0, "token"),
    };

    /// <summary>RFC 3339, for programs; empty for none.</summary>
    public static string Of(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) ?? "";

    public static string Of(RunError? error) => error switch
    {
        null => "no reason given",
        { Code: null } => error.Message ?? "no reason given",
        { Message: null } => error.Code,
        _ => $"{error.Code}: {error.Message}",
    };
}
