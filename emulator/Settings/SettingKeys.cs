using System.Collections.Frozen;
using Orchestrator.Emulator.Wires;
using Apply = System.Func<
    Orchestrator.Emulator.Settings.RunSettings,
    Orchestrator.Emulator.Settings.SettingValue,
    Orchestrator.Emulator.Settings.RunSettings>;

namespace Orchestrator.Emulator.Settings;

/// <summary>The one table of keys: what each changes, and how often its fault strikes unless <c>xTIMES</c> says so (0 = always).</summary>
internal static class SettingKeys
{
    /// <summary>Reasoning events when the key is given without a number.</summary>
    private const int ReasoningUnlessSaid = 8;

    private static readonly FrozenDictionary<string, Apply> Table = new Dictionary<string, Apply>(StringComparer.Ordinal)
    {
        ["events"] = (s, v) => s with { Events = v.Count() },
        ["rate"] = (s, v) => s with { Rate = v.Rate() },
        ["first"] = (s, v) => s with { FirstMs = v.Count() },
        ["hold"] = (s, v) => s with { HoldMs = v.Count() },
        ["size"] = (s, v) => s with { TextBytes = v.Count(1) },
        ["bytes"] = (s, v) => s with { EventBytes = v.Count(1) },
        ["big"] = (s, v) => s with { BigBytes = v.Count(1) },
        ["seed"] = (s, v) => s with { Seed = v.Seed() },
        ["wire"] = (s, v) => s with { Wire = Wire(v) },
        ["reasoning"] = (s, v) => s with { ReasoningEvents = v.Text.Length == 0 ? ReasoningUnlessSaid : v.Count() },
        ["tool"] = (s, v) => s with { Tool = v.Flag() },
        ["repeat"] = (s, v) => s with { RepeatChars = v.Count() },
        ["cached"] = (s, v) => s with { CachedTokens = v.Count() },
        ["cachewrite"] = (s, v) => s with { CacheWrittenTokens = v.Count() },
        ["nodone"] = (s, v) => s with { NoDone = v.Flag() },
        ["crlf"] = (s, v) => s with { Crlf = v.Flag() },
        ["comments"] = (s, v) => s with { Comments = Comments(v) },
        ["nonstream"] = (s, v) => s with { NonStream = v.Flag() },
        ["truncate"] = (s, v) => s with { TruncateAfter = v.Count() },
        ["error"] = (s, v) => s with { ErrorAfter = v.Count() },
        ["malformed"] = (s, v) => s with { MalformedEvent = v.Count() },

        ["drop"] = (s, v) => s with { Drop = v.Fault(1) },
        ["dropevery"] = (s, v) => s with { DropEvery = v.Fault(0, 1) },
        ["stall"] = (s, v) => s with { Stall = v.Fault(1) },
        ["cleanend"] = (s, v) => s with { CleanEnd = v.Fault(1) },
        ["onebyte"] = (s, v) => s with { OneByte = v.FlagFault(0) },

        ["expired"] = (s, v) => s with { Expired = v.FlagFault(0) },
        ["resumefail"] = (s, v) => s with { ResumeFail = v.StatusFault(1) },
        ["shift"] = (s, v) => s with { Shift = v.Fault(0, int.MinValue) },

        ["status"] = (s, v) => s with { Status = v.StatusFault(0) },
        ["retryafter"] = (s, v) => s with { RetryAfter = v.Count() },
        ["limit"] = (s, v) => s with { Limit = v.Count(1) },
        ["window"] = (s, v) => s with { WindowMs = v.Count(1) },
        ["refuse"] = (s, v) => s with { Refuse = v.FlagFault(0) },
        ["contextlength"] = (s, v) => s with { ContextLength = v.FlagFault(0) },
        ["filter"] = (s, v) => s with { Filter = v.FlagFault(0) },
        ["mismatch"] = (s, v) => s with { Mismatch = v.FlagFault(0) },
        ["prefill400"] = (s, v) => s with { RefusePrefill = v.FlagFault(0) },
        ["goon400"] = (s, v) => s with { RefuseGoOn = v.FlagFault(0) },
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Every key there is.</summary>
    public static IEnumerable<string> Names => Table.Keys.Order(StringComparer.Ordinal);

    /// <summary>The settings with one key changed.</summary>
    /// <exception cref="BadSettingException">The key does not exist or does not take the value.</exception>
    public static RunSettings Set(RunSettings settings, string key, string value) => Table.TryGetValue(key, out var apply)
        ? apply(settings, new SettingValue(key, value))
        : throw new BadSettingException($"Unknown emulator key '{key}'. Known: {string.Join(", ", Names)}.");

    private static WireFormat Wire(SettingValue value) => value.Text switch
    {
        "openai" => WireFormat.OpenAi,
        "anthropic" => WireFormat.Anthropic,
        "workers-ai" => WireFormat.WorkersAi,
        "google" => WireFormat.Google,
        "openai-responses" => WireFormat.OpenAiResponses,
        _ => throw value.Bad("openai, anthropic, workers-ai, google or openai-responses"),
    };

    private static CommentStyle Comments(SettingValue value) => value.Text switch
    {
        "" or "between" => CommentStyle.Between,
        "inside" => CommentStyle.Inside,
        "blank" => CommentStyle.Blank,
        "none" => CommentStyle.None,
        _ => throw value.Bad("between, inside, blank or none"),
    };
}
