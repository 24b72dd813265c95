using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>The <c>usage</c> object of OpenAI chat completions and of Workers AI.</summary>
internal static class ChatUsage
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
            if (json.Is("prompt_tokens"u8))
            {
                usage = usage with { Input = json.ReadCount() };
            }
            else if (json.Is("completion_tokens"u8))
            {
                usage = usage with { Output = json.ReadCount() };
            }
            else if (json.Is("total_tokens"u8))
            {
                usage = usage with { Total = json.ReadCount() };
            }
            else
            {
                json.Skip();
            }
        }

        into.Usage = usage;
    }
}
