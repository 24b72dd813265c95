using System.Text.Json;

namespace Orchestrator.Engine.Schemas;

/// <summary>Bounds and multiples of numbers: exact where both are decimals of up to 28 digits, else as doubles.</summary>
internal static class NumberRules
{
    public static string? Check(JsonElement schema, JsonElement value, string place)
    {
        if (Bound(schema, "minimum") is { } min && Compare(value, min) < 0)
        {
            return SchemaCheck.At(place, $"the number is below the minimum of {min}");
        }

        if (Bound(schema, "maximum") is { } max && Compare(value, max) > 0)
        {
            return SchemaCheck.At(place, $"the number is above the maximum of {max}");
        }

        if (Bound(schema, "exclusiveMinimum") is { } above && Compare(value, above) <= 0)
        {
            return SchemaCheck.At(place, $"the number is not above {above}");
        }

        if (Bound(schema, "exclusiveMaximum") is { } below && Compare(value, below) >= 0)
        {
            return SchemaCheck.At(place, $"the number is not below {below}");
        }

        return Bound(schema, "multipleOf") is { } step && !IsMultiple(value, step) ? SchemaCheck.At(place, $"the number is no multiple of {step}") : null;
    }

    /// <summary>3.0 is whole, too.</summary>
    public static bool IsWhole(JsonElement number) => number.TryGetDecimal(out var exact)
        ? exact == decimal.Truncate(exact)
        : number.TryGetDouble(out var rough) && rough == Math.Truncate(rough);

    /// <summary>A rule that is a number not below 0, such as a length.</summary>
    public static long? Count(JsonElement schema, string rule) =>
        Bound(schema, rule) is { } bound && bound.TryGetDecimal(out var number) && number is >= 0 and <= long.MaxValue ? (long)number : null;

    private static JsonElement? Bound(JsonElement schema, string rule) =>
        schema.TryGetProperty(rule, out var bound) && bound.ValueKind == JsonValueKind.Number ? bound : null;

    private static int Compare(JsonElement left, JsonElement right) => left.TryGetDecimal(out var a) && right.TryGetDecimal(out var b)
        ? a.CompareTo(b)
        : left.GetDouble().CompareTo(right.GetDouble());

    private static bool IsMultiple(JsonElement value, JsonElement step)
    {
        if (value.TryGetDecimal(out var exact) && step.TryGetDecimal(out var exactStep))
        {
            return exactStep == 0 || exact % exactStep == 0;
        }

        // A number that is no decimal is far beyond any fraction.
        var times = value.GetDouble() / step.GetDouble();
        return double.IsInfinity(times) ? IsWhole(step) && IsWhole(value) : times == Math.Truncate(times);
    }
}
