using System.Text.Json;
using Orchestrator.Engine.Schemas;

namespace Orchestrator.Engine.Tests.Schemas;

/// <summary>The kinds of schemas that the guides to structured output show: steps of a solution, extraction, moderation, interfaces, lists.</summary>
public sealed class PublishedShapesTests
{
    private const string Solution = """
        {"type":"object","properties":{"steps":{"type":"array","items":{"$ref":"#/$defs/step"}},"final_answer":{"type":"string"}},
         "$defs":{"step":{"type":"object","properties":{"explanation":{"type":"string"},"output":{"type":"string"}},
         "required":["explanation","output"],"additionalProperties":false}},"required":["steps","final_answer"],"additionalProperties":false}
        """;

    private const string Interface = """
        {"type":"object","properties":{"type":{"type":"string","enum":["div","button","field"]},"label":{"type":"string"},
         "children":{"type":"array","items":{"$ref":"#"}},"attributes":{"type":"array","items":{"type":"object",
         "properties":{"name":{"type":"string"},"value":{"type":"string"}},"additionalProperties":false,"required":["name","value"]}}},
         "required":["type","label","children","attributes"],"additionalProperties":false}
        """;

    private const string Chain = """
        {"type":"object","properties":{"list":{"$ref":"#/$defs/node"}},"$defs":{"node":{"type":"object","properties":{"value":{"type":"number"},
         "next":{"anyOf":[{"$ref":"#/$defs/node"},{"type":"null"}]}},"additionalProperties":false,"required":["next","value"]}},
         "additionalProperties":false,"required":["list"]}
        """;

    private const string Moderation = """
        {"type":"object","properties":{"is_violating":{"type":"boolean"},"category":{"type":["string","null"],"enum":["violence","none",null]},
         "explanation":{"type":["string","null"]}},"required":["is_violating","category","explanation"],"additionalProperties":false}
        """;

    private const string Either = """
        {"type":"object","properties":{"item":{"anyOf":[
         {"type":"object","properties":{"name":{"type":"string"},"age":{"type":"number"}},"additionalProperties":false,"required":["name","age"]},
         {"type":"object","properties":{"number":{"type":"string"},"street":{"type":"string"}},"additionalProperties":false,"required":["number","street"]}]}},
         "additionalProperties":false,"required":["item"]}
        """;

    public static TheoryData<string, string, bool> Answers() => new()
    {
        { Solution, """{"steps":[{"explanation":"Take 7.","output":"8x = -30"}],"final_answer":"x = -3.75"}""", true },
        { Solution, """{"steps":[],"final_answer":""}""", true },
        { Solution, """{"steps":[{"explanation":"Take 7."}],"final_answer":"x"}""", false },
        { Solution, """{"steps":[{"explanation":"a","output":"b","note":"c"}],"final_answer":"x"}""", false },
        { Interface, """{"type":"div","label":"","children":[{"type":"button","label":"Go","children":[],"attributes":[{"name":"id","value":"go"}]}],"attributes":[]}""", true },
        { Interface, """{"type":"div","label":"","children":[{"type":"img","label":"","children":[],"attributes":[]}],"attributes":[]}""", false },
        { Chain, """{"list":{"value":1,"next":{"value":2,"next":null}}}""", true },
        { Chain, """{"list":{"value":1,"next":{"value":2}}}""", false },
        { Moderation, """{"is_violating":false,"category":null,"explanation":null}""", true },
        { Moderation, """{"is_violating":false,"category":"spam","explanation":null}""", false },
        { Either, """{"item":{"number":"12","street":"Main"}}""", true },
        { Either, """{"item":{"name":"A","street":"Main"}}""", false },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_keeps_to_it_or_not(string schema, string answer, bool valid) =>
        Assert.Equal(valid, JsonSchema.TryCreate(JsonElement.Parse(schema))!.Check(JsonElement.Parse(answer)) is null);
}
