using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway.Tests.Wires;

/// <summary>What holds for every wire.</summary>
public sealed class WireReaderTests
{
    public static TheoryData<WireFormat> Wires => [.. Enum.GetValues<WireFormat>()];

    [Theory]
    [MemberData(nameof(Wires))]
    public void What_is_broken_is_malformed_and_says_nothing(WireFormat wire)
    {
        string[] broken =
        [
            "{", "{\"choices\":[{\"delta\":{\"content\":\"half", "{\"response\":\"a\"} x", "{\"response\":\"a\"}{}", "[]", "7", "\"text\"", "null",
            "hello", "{'response':1}", "{\"response\":\"\\x\"}", "{\"response\":\"\\u12g4\"}", "{\"a\":01}", "{\"response\":\"tab\there\"}", "NaN",
        ];
        foreach (var json in broken)
        {
            var reading = Reading.Data(wire, json);
            Assert.True(reading.Malformed, json);
            Assert.True(reading.Deltas.IsEmpty && !reading.Terminal && reading is { Error: null, FinishReason: null, Model: null }, json);

            // A result that is handed on whole may be any JSON.
            if (wire == WireFormat.Document && json is "[]" or "7" or "\"text\"" or "null")
            {
                continue;
            }

            var document = Reading.Document(wire, json);
            Assert.True(document is { Malformed: true, Terminal: false }, json);
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Text_that_is_not_UTF8_is_malformed(WireFormat wire)
    {
        byte[] raw = [.. "data: {\"choices\":[{\"delta\":{\"content\":\""u8, 0xE2, 0x82, .. "\"}}],\"response\":\"a\"}\n\n"u8];

        Assert.True(Reading.Event(wire, raw).Malformed);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void An_event_without_data_is_neither_malformed_nor_anything(WireFormat wire)
    {
        foreach (var raw in new[] { "id: 1\n\n", "retry: 10\n\n", "event: ping\n\n", "data\n\n", "data:\n\n", "data: \r\n\r\n", "dataset: x\n\n" })
        {
            var reading = Reading.Event(wire, raw);
            Assert.True(reading is { Malformed: false, Terminal: false, Error: null } && reading.Deltas.IsEmpty, raw);
        }
    }

    [Theory]
    [InlineData("data: {\"choices\":\ndata: [{\"delta\":{\"content\":\"Hi\"}}]}\n\n")]
    [InlineData("id: 1\r\ndata: {\"choices\":\r\n: comment\r\ndata:[{\"delta\":\r\ndata:{\"content\":\"Hi\"}}]}\r\n\r\n")]
    [InlineData("data: {\"choices\":\rdata: [{\"delta\":{\"content\":\"Hi\"}}]}\revent: x\r\r")]
    public void Data_over_several_lines_is_joined(string raw) =>
        Assert.Equal(["Text:Hi"], Reading.Event(WireFormat.OpenAi, raw).Lines());

    [Fact]
    public void Data_lines_are_joined_by_a_line_feed()
    {
        var reading = Reading.Event(WireFormat.OpenAi, "data: {\"choices\":[{\"delta\":{\"content\":\"a\ndata: b\"}}]}\n\n");

        // Inside a string a line feed is not JSON: had the lines been glued together, this would be.
        Assert.True(reading.Malformed);
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Properties_of_other_types_than_expected_are_passed_over(WireFormat wire)
    {
        foreach (var value in new[] { "null", "1", "\"x\"", "true", "[]", "{}", "[[]]", "[{}]", "[null]", "[1]", "{\"a\":{\"b\":[1,{}]}}" })
        {
            foreach (var name in new[] { "choices", "usage", "model", "delta", "index", "message", "content_block", "content", "type", "stop_reason", "tool_calls" })
            {
                var reading = Reading.Data(wire, $"{{\"{name}\":{value},\"choices\":[{{\"delta\":{{\"{name}\":{value}}},\"{name}\":{value}}}]}}");
                Assert.False(reading.Malformed, $"{name}: {value}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Wires))]
    public void Names_and_values_with_half_a_surrogate_pair_are_names_and_values_like_others(WireFormat wire)
    {
        foreach (var odd in new[] { "\\ud83d", "\\ude00", "choices\\ud83d", "\\ud83d\\u0041", "err\\ud83dr", "\\ud83dxxxxxxxxxxxxxxxxxxxxxxxxx" })
        {
            var names = $"{{\"{odd}\":1,\"choices\":[{{\"{odd}\":1,\"delta\":{{\"{odd}\":[]}}}}],\"delta\":{{\"{odd}\":1}},\"error\":{{\"{odd}\":1}}}}";
            Assert.True(Reading.Data(wire, names) is { Malformed: false, Error: not null }, names);
            var values = $"{{\"model\":\"{odd}\",\"type\":\"{odd}\",\"stop_reason\":\"{odd}\",\"choices\":[{{\"finish_reason\":\"{odd}\"}}],\"error\":\"{odd}\"}}";
            Assert.True(Reading.Data(wire, values) is { Malformed: false, Error: not null }, values);
            Assert.NotNull(Reading.Event(wire, $"event: error\ndata: {names}\n\n").Error);
        }
    }

    [Fact]
    public void Names_that_are_escaped_are_known() =>
        Assert.Equal(["Text:Hi"], Reading.Data(WireFormat.OpenAi, "{\"ch\\u006fices\":[{\"delt\\u0061\":{\"\\u0063ontent\":\"Hi\"}}]}").Lines());

    [Fact]
    public void A_reading_is_reused_without_a_trace_of_the_last_one()
    {
        var reading = new ChunkReading();
        WireReader.Read(WireFormat.OpenAi, "data: {\"model\":\"m\",\"choices\":[{\"delta\":{\"content\":\"Hi\"},\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":1}}\n\n"u8, reading);
        WireReader.Read(WireFormat.OpenAi, "data: {\"error\":\"x\"}\n\n"u8, reading);
        WireReader.Read(WireFormat.OpenAi, "data: {}\n\n"u8, reading);

        Assert.True(reading is { Malformed: false, Terminal: false, Error: null, FinishReason: null, Model: null, Usage.HasAny: false });
        Assert.True(reading.Deltas.IsEmpty);
        Assert.Equal("{}", Encoding.UTF8.GetString(reading.Data));
    }

    [Theory]
    [InlineData(WireFormat.OpenAi, "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi \\u00e4\"},\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":1}}\n\n")]
    [InlineData(WireFormat.OpenAi, "data: {\"choices\":[{\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\"}}]}}]}\n\n")]
    [InlineData(WireFormat.Anthropic, "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"Hi\"}}\n\n")]
    [InlineData(WireFormat.WorkersAi, "data: {\"response\":\"Hi\",\"p\":\"abcd\"}\n\n")]
    [InlineData(WireFormat.OpenAiResponses, "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":4,\"item_id\":\"msg_1\",\"output_index\":0,\"content_index\":0,\"delta\":\"Hi\",\"logprobs\":[]}\n\n")]
    [InlineData(WireFormat.OpenAiResponses, "event: response.function_call_arguments.delta\ndata: {\"type\":\"response.function_call_arguments.delta\",\"output_index\":1,\"delta\":\"{\"}\n\n")]
    [InlineData(WireFormat.Google, "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"gemini-3\"}\n\n")]
    public void The_common_events_allocate_nothing(WireFormat wire, string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var reading = new ChunkReading();
        var least = long.MaxValue;
        for (var round = 0; round < 10; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1_000; i++)
            {
                WireReader.Read(wire, bytes, reading);
            }

            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // The least of several rounds: the runtime may allocate something of its own in one of them, when it compiles a method anew.
        Assert.InRange(least, 0, 999);
    }

    [Fact]
    public void Every_text_can_be_copied_into_another_JSON_string_as_it_is()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        for (var round = 0; round < 2_000; round++)
        {
            var text = RandomText(random);
            var json = JsonSerializer.Serialize(new { response = text, choices = new[] { new { delta = new { content = text } } }, delta = new { text } });
            foreach (var wire in new[] { WireFormat.OpenAi, WireFormat.Anthropic, WireFormat.WorkersAi })
            {
                var reading = Reading.Data(wire, json);
                var copied = text.Length == 0 ? "" : JsonSerializer.Deserialize<string>($"\"{reading.Escaped()}\"");
                Assert.True(text == copied && !reading.Malformed, $"seed {seed}, round {round}, {wire}: {json}");
            }
        }
    }

    [Fact]
    public void Mutilated_events_never_throw()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        byte[][] seeds =
        [
            "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hi\",\"tool_calls\":[{\"index\":0,\"id\":\"a\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":[1]}}}]}}],\"usage\":{\"total_tokens\":1}}\n\n"u8.ToArray(),
            "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"api_error\",\"message\":\"3040: x\"},\"success\":false,\"errors\":[{\"code\":1}]}\n\n"u8.ToArray(),
            "event: x\ndata: {\"type\":\"y\",\"index\":1,\"content_block\":{\"type\":\"tool_use\",\"id\":\"\\ud83d\",\"input\":{\"a\":1}},\"message\":{\"content\":[{\"text\":\"t\"}]}}\n\n"u8.ToArray(),
        ];
        var reading = new ChunkReading();
        for (var round = 0; round < 10_000; round++)
        {
            var raw = seeds[random.Next(seeds.Length)].ToArray();
            for (var i = random.Next(4); i >= 0; i--)
            {
                raw[random.Next(raw.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)"{}[]\",:\\u0n\n"[random.Next(12)];
            }

            if (random.Next(3) == 0)
            {
                "\\ud83d"u8.CopyTo(raw.AsSpan(random.Next(raw.Length - 6)));
            }

            raw = random.Next(4) == 0 ? raw[..random.Next(raw.Length)] : raw;
            foreach (var wire in Enum.GetValues<WireFormat>())
            {
                var thrown = Record.Exception(() =>
                {
                    WireReader.Read(wire, raw, reading);
                    WireReader.ReadDocument(wire, raw, reading);
                });
                Assert.True(thrown is null, $"seed {seed}, round {round}, {wire}: {Convert.ToBase64String(raw)} {thrown}");
            }
        }
    }

    private static string RandomText(Random random)
    {
        string[] parts = ["a", " ", "\"", "\\", "/", "\n", "\r", "\t", "\u0001", "\u007f", "ä", "€", "😀", "\u2028", "<", "\\u0041", "\0"];
        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => parts[random.Next(parts.Length)]));
    }
}
