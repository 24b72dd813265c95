using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Schemas;

namespace Orchestrator.Engine.Tests.Schemas;

/// <summary>Where each API has the schema of its answer.</summary>
public sealed class AnswerSchemaTests
{
    private const string Schema = """{"type":"object","required":["a"]}""";

    [Theory]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":{"name":"n","strict":true,"schema":SCHEMA}}}""")]
    [InlineData("""{"response_format":{"type":"json_schema","json_schema":SCHEMA}}""")]
    [InlineData("""{"response_format":{"type":"json_schema","schema":SCHEMA}}""")]
    [InlineData("""{"response_format":{"type":"json_object","schema":SCHEMA}}""")]
    [InlineData("""{"text":{"format":{"type":"json_schema","name":"n","schema":SCHEMA}}}""")]
    [InlineData("""{"output_format":{"type":"json_schema","schema":SCHEMA}}""")]
    [InlineData("""{"output_config":{"format":{"type":"json_schema","schema":SCHEMA}}}""")]
    [InlineData("""{"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":SCHEMA}}""")]
    public void It_is_found(string input)
    {
        var schema = Of(input.Replace("SCHEMA", Schema, StringComparison.Ordinal))!;

        Assert.Null(schema.Check(JsonElement.Parse("""{"a":1}""")));
        Assert.NotNull(schema.Check(JsonElement.Parse("{}")));
    }

    [Fact]
    public void JSON_mode_wants_an_object()
    {
        var schema = Of("""{"response_format":{"type":"json_object"}}""")!;

        Assert.Null(schema.Check(JsonElement.Parse("{}")));
        Assert.NotNull(schema.Check(JsonElement.Parse("[]")));
    }

    [Fact]
    public void A_bare_schema_may_have_a_property_called_schema()
    {
        var schema = Of("""{"response_format":{"type":"json_schema","json_schema":{"type":"object","properties":{"schema":{"type":"string"}},"schema":{}}}}""")!;

        Assert.NotNull(schema.Check(JsonElement.Parse("""{"schema":1}""")));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"response_format":{"type":"text"}}""")]
    [InlineData("""{"response_format":null}""")]
    [InlineData("""{"response_format":"json"}""")]
    [InlineData("""{"response_format":{"type":"json_schema"}}""")]
    [InlineData("""{"response_format":{"type":7}}""")]
    [InlineData("""{"text":"a text","output_config":[]}""")]
    public void There_need_not_be_one(string input) => Assert.Null(Of(input));

    private static JsonSchema? Of(string input) => AnswerSchema.Of(Encoding.UTF8.GetBytes(input));
}
