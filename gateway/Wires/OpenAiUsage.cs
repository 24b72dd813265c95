using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>
/// The <c>usage</c> object of OpenAI's APIs and of those that follow them. Chat completions and Workers AI have other names in it than
/// responses and images.
/// </summary>
internal static class OpenAiUsage
{
    public static void Read(ref Utf8JsonReader json, ChunkReading into)
    {
        if (!json.EnterObject())
        {
            return;
        }

        var usage = into.Usage;
        while (json.NextProperty())
        {
            if (json.Is("prompt_tokens"u8) || json.Is("input_tokens"u8))
            {
                usage = usage with { Input = json.ReadCount() };
            }
            else if (json.Is("completion_tokens"u8) || json.Is("output_tokens"u8))
            {
                usage = usage with { Output = json.ReadCount() };
            }
            else if (json.Is("total_tokens"u8))
            {
                usage = usage with { Total = json.ReadCount() };
            }
            else if (json.Is("prompt_tokens_details"u8) || json.Is("input_tokens_details"u8))
            {
                usage = usage with { CacheRead = ReadCached(ref json) ?? usage.CacheRead };
            }
            else if (json.Is("prompt_cache_hit_tokens"u8))
            {
                // DeepSeek's.
                usage = usage with { CacheRead = json.ReadCount() ?? usage.CacheRead };
            }
            else
            {
                json.Skip();
            }
        }

        into.Usage = usage;
    }

    private static long? ReadCached(ref Utf8JsonReader json)
    {
        if (!json.EnterObject())
        {
            return null;
        }

        long? cached = null;
        while (json.NextProperty())
        {
            if (json.Is("cached_tokens"u8))
            {
                cached = json.ReadCount();
            }
            else
            {
                json.Skip();
            }
        }

        return cached;
    }
}
