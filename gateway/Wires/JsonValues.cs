using System.Text;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>Steps of a reader over one JSON text that is held in a single span.</summary>
internal static class JsonValues
{
    public static readonly JsonReaderOptions Options = new() { MaxDepth = 512 };

    /// <summary>Goes to the root object. Anything else is not what a wire has.</summary>
    public static void ReadRoot(ref this Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("The root is not an object.");
        }
    }

    /// <summary>Reads what may follow the root: white space only.</summary>
    public static void ReadEnd(ref this Utf8JsonReader json)
    {
        while (json.Read())
        {
            throw new JsonException("There is something behind the root.");
        }
    }

    /// <summary>Goes to the next property of the object that the reader is in; false at its end.</summary>
    public static bool NextProperty(ref this Utf8JsonReader json) => json.Read() && json.TokenType == JsonTokenType.PropertyName;

    /// <summary>
    /// Whether the name or text that the reader is at is this one, of ASCII. Unlike the reader's own comparison it does not throw where
    /// half a surrogate pair is escaped.
    /// </summary>
    public static bool Is(ref this Utf8JsonReader json, ReadOnlySpan<byte> ascii) => json.ValueIsEscaped
        ? json.ValueSpan.Length >= ascii.Length && Ascii.Equals(ascii, JsonText.Unescape(json.ValueSpan))
        : json.ValueSpan.SequenceEqual(ascii);

    /// <summary>Goes from a property's name into its value when that is an object, and passes over it otherwise.</summary>
    public static bool EnterObject(ref this Utf8JsonReader json) => json.Enter(JsonTokenType.StartObject);

    public static bool EnterArray(ref this Utf8JsonReader json) => json.Enter(JsonTokenType.StartArray);

    /// <summary>Goes from a property's name to its value when that is a string, and passes over it otherwise.</summary>
    public static bool ReadString(ref this Utf8JsonReader json) => json.Enter(JsonTokenType.String);

    /// <summary>A whole number, or null and passed over.</summary>
    public static long? ReadCount(ref this Utf8JsonReader json) =>
        json.Enter(JsonTokenType.Number) && json.TryGetInt64(out var number) && number >= 0 ? number : null;

    /// <summary>Reads a property's value and tells whether it says anything: it is not null, false, an empty text or an empty array.</summary>
    public static bool ReadSaysAnything(ref this Utf8JsonReader json)
    {
        json.Read();
        var start = json.TokenStartIndex;
        var type = json.TokenType;
        json.Skip();
        return type switch
        {
            JsonTokenType.Null or JsonTokenType.False => false,
            JsonTokenType.String => json.ValueSpan.Length > 0,
            JsonTokenType.StartArray => json.BytesConsumed - start > 2,
            _ => true,
        };
    }

    /// <summary>Where the content of the string that the reader is at begins.</summary>
    public static int ContentStart(ref this Utf8JsonReader json) => (int)json.TokenStartIndex + 1;

    /// <summary>
    /// Where a property's value stands as the escaped content of a string: the content of a string as it is, the JSON text of anything
    /// else escaped and appended to the reading. Length 0 for null.
    /// </summary>
    public static (int Start, int Length) ReadAsContent(ref this Utf8JsonReader json, ChunkReading into)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.String)
        {
            return (json.ContentStart(), json.ValueSpan.Length);
        }

        var start = (int)json.TokenStartIndex;
        var isNull = json.TokenType == JsonTokenType.Null;
        json.Skip();
        return isNull ? default : into.AppendEscaped(into.Data[start..(int)json.BytesConsumed]);
    }

    private static bool Enter(ref this Utf8JsonReader json, JsonTokenType type)
    {
        json.Read();
        if (json.TokenType == type)
        {
            return true;
        }

        json.Skip();
        return false;
    }
}
