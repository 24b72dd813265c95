using System.Text.Json;
using Orchestrator.Engine.Schemas;

namespace Orchestrator.Engine.Tests.Schemas;

/// <summary>Rule by rule: what is valid, and what is not.</summary>
public sealed class JsonSchemaTests
{
    public static TheoryData<string, string, string> Rules() => new()
    {
        // A schema, values that keep to it, values that do not; each list a JSON array.
        { "true", "[1,null,{}]", "[]" },
        { "false", "[]", "[1,null,{}]" },
        { "{}", "[1,null,{}]", "[]" },
        { """{"type":"integer"}""", "[1,1.0,-0,1e2,12345678901234567890123456789012345]", """[1.5,"1",null,true]""" },
        { """{"type":"number"}""", "[1,1.5,1e400]", """["1",null]""" },
        { """{"type":["string","null"]}""", """["",null]""", "[0,[],false]" },
        { """{"type":"boolean"}""", "[true,false]", "[0,null]" },
        { """{"enum":["a",1,{"x":[1]},null]}""", """["a",1,1.0,{"x":[1]},null]""", """["A",2,{"x":[]},false,0]""" },
        { """{"const":{"a":1,"b":[2]}}""", """[{"b":[2],"a":1.0}]""", """[{"a":1},{"a":1,"b":[2],"c":3}]""" },
        { """{"minimum":1,"maximum":3}""", """[1,3,2.5,"x"]""", "[0.99999999999999999999,3.1]" },
        { """{"exclusiveMinimum":1,"exclusiveMaximum":3}""", "[1.0001,2.99]", "[1,3]" },
        { """{"multipleOf":0.01}""", "[0,4.35,-0.01,1e3]", "[0.015,4.351]" },
        { """{"multipleOf":3}""", "[0,3,-6]", "[1,2.5]" },
        { """{"minLength":2,"maxLength":3}""", """["ab","abc","😀😀","é́"]""", """["a","abcd","😀"]""" },
        { """{"pattern":"^\\d{2}$"}""", """["12",7]""", """["123","1","12\n","١٢"]""" },
        { """{"pattern":"b[$]c"}""", """["ab$cd"]""", """["abc"]""" },
        { """{"pattern":"^\\p{Letter}+$"}""", """["abc","éa"]""", """["a1"]""" },
        { """{"items":{"type":"integer"}}""", """[[],[1,2],"x"]""", """[[1,"2"]]""" },
        { """{"prefixItems":[{"type":"string"},{"type":"integer"}],"items":false}""", """[["a",1],["a"],[]]""", """[["a",1,2],[1]]""" },
        { """{"minItems":1,"maxItems":2,"uniqueItems":true}""", "[[1],[1,2],[[1],[2]]]", """[[],[1,2,3],[1,1.0],[{"a":1},{"a":1}]]""" },
        { """{"contains":{"minimum":5},"maxContains":2}""", "[[5],[1,6,7]]", "[[],[1],[5,6,7]]" },
        { """{"contains":{"type":"null"},"minContains":0}""", "[[],[1]]", "[]" },
        { """{"required":["a","b"]}""", """[{"a":null,"b":1},7]""", """[{},{"a":1}]""" },
        { """{"properties":{"a":{"type":"string"}},"additionalProperties":false}""", """[{},{"a":"x"}]""", """[{"a":1},{"b":1}]""" },
        { """{"patternProperties":{"^n_":{"type":"number"}},"additionalProperties":{"type":"string"}}""", """[{"n_a":1,"b":"x"}]""", """[{"n_a":"x"},{"b":1}]""" },
        { """{"propertyNames":{"maxLength":2}}""", """[{"ab":1}]""", """[{"abc":1}]""" },
        { """{"minProperties":1,"maxProperties":2}""", """[{"a":1}]""", """[{},{"a":1,"b":2,"c":3}]""" },
        { """{"dependentRequired":{"card":["address"]}}""", """[{},{"card":1,"address":2}]""", """[{"card":1}]""" },
        { """{"dependentSchemas":{"a":{"required":["b"]}}}""", """[{"b":1},{"a":1,"b":2}]""", """[{"a":1}]""" },
        { """{"allOf":[{"type":"integer"},{"minimum":2}]}""", "[2,3]", "[1,2.5]" },
        { """{"anyOf":[{"type":"integer"},{"minLength":2}]}""", """[1,"ab"]""", """["a"]""" },
        { """{"oneOf":[{"multipleOf":2},{"multipleOf":3}]}""", "[2,3]", "[6,7]" },
        { """{"not":{"type":"null"}}""", "[1,false]", "[null]" },
        { """{"if":{"properties":{"k":{"const":"a"}}},"then":{"required":["x"]},"else":{"required":["y"]}}""", """[{"k":"a","x":1},{"k":"b","y":1}]""", """[{"k":"a"},{"k":"b","x":1}]""" },
        { """{"$ref":"#/$defs/a~1b","$defs":{"a/b":{"type":"integer"}}}""", "[1]", """["x"]""" },
        { """{"properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},"required":["next"]}""", """[{"next":{"next":null}}]""", """[{"next":{"next":{}}},{}]""" },
        { """{"format":"date-time"}""", """["2026-03-14T15:09:26Z","2026-03-14t15:09:26.5+01:00","1998-12-31T23:59:60Z"]""", """["2026-02-30T00:00:00Z","2026-03-14","2026-03-14 15:09:26Z","2026-03-14T22:59:60Z"]""" },
        { """{"format":"date"}""", """["2024-02-29"]""", """["2026-02-29","2026-2-1"]""" },
        { """{"format":"duration"}""", """["P1D","PT36H","P4W","P1Y2M3DT4H5M6S"]""", """["P","PT","P1D2H","1D"]""" },
        { """{"format":"email"}""", """["a.b+c@example.com"]""", """["a","a@","@b",".a@b.c","a@b..c"]""" },
        { """{"format":"hostname"}""", """["a","www.example.com","xn--4gbwdl.xn--wgbh1c"]""", """["","-a","a_b","a..b"]""" },
        { """{"format":"ipv4"}""", """["192.0.2.7"]""", """["256.0.0.1","1.2.3","01.2.3.4","1.2.3.4."]""" },
        { """{"format":"ipv6"}""", """["::1","2001:db8::7"]""", """["1.2.3.4","::1%eth0","12345::"]""" },
        { """{"format":"uuid"}""", """["2eb8aa08-aa98-11ea-b4aa-73b441d16380"]""", """["2eb8aa08aa9811eab4aa73b441d16380","x","2eb8aa08-aa98-11ea-b4aa-73b441d16380\n"]""" },
        { """{"format":"of my own"}""", """["anything"]""", "[]" },
    };

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_rule_holds(string schema, string valid, string invalid)
    {
        var rule = JsonSchema.TryCreate(JsonElement.Parse(schema))!;

        Assert.All(JsonElement.Parse(valid).EnumerateArray(), value => Assert.Null(rule.Check(value)));
        Assert.All(JsonElement.Parse(invalid).EnumerateArray(), value => Assert.False(string.IsNullOrEmpty(rule.Check(value)), value.GetRawText()));
    }

    [Theory]
    [InlineData("""{"a":{"b/c":[1,"x"]}}""", "At /a/b~1c/1: integer is wanted, not string.")]
    [InlineData("[]", "At the root: object is wanted, not array.")]
    public void A_problem_says_where(string value, string problem)
    {
        var schema = JsonElement.Parse("""{"type":"object","properties":{"a":{"properties":{"b/c":{"items":{"type":"integer"}}}}}}""");

        Assert.Equal(problem, JsonSchema.TryCreate(schema)!.Check(JsonElement.Parse(value)));
    }

    [Theory]
    [InlineData("""{"$ref":"#"}""")]
    [InlineData("""{"allOf":[{"$ref":"#"},{"$ref":"#"}]}""")]
    [InlineData("""{"not":{"$ref":"#"}}""")]
    public void A_schema_without_end_ends(string schema) =>
        Assert.Contains("too deep or too complex", JsonSchema.TryCreate(JsonElement.Parse(schema))!.Check(JsonElement.Parse("1")), StringComparison.Ordinal);

    [Fact]
    public void What_is_not_checked_is_told()
    {
        var schema = JsonElement.Parse(
            """{"unevaluatedProperties":false,"properties":{"a":{"$ref":"https://example.com/s"},"b":{"pattern":"("},"c":{"enum":[{"unevaluatedItems":1}]}}}""");

        Assert.Equal(["$ref", "pattern", "unevaluatedProperties"], JsonSchema.TryCreate(schema)!.Unchecked);
        Assert.Empty(JsonSchema.TryCreate(JsonElement.Parse("""{"$ref":"#/$defs/a","pattern":"a+"}"""))!.Unchecked);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"object\"")]
    [InlineData("null")]
    public void What_is_no_schema_is_none(string text) => Assert.Null(JsonSchema.TryCreate(JsonElement.Parse(text)));
}
