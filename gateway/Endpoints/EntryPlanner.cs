using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>Finds the provider's endpoint for a model and its inputs, so that each entry is asked in its own native shape. Pure.</summary>
internal static class EntryPlanner
{
    private const string Compat = "compat";
    private const string CompatChat = "chat/completions";
    private const string AsTheyAre = "";

    /// <returns>What is wrong, or null.</returns>
    public static ConfigProblem? TryPlan(
        ModelSlug model, ReadOnlyMemory<byte> inputs, string? endpoint, bool stream, out EntryPlan? plan)
    {
        if (endpoint is null && RawAudio.IsIn(model, inputs))
        {
            plan = null;
            return new("input", "Raw audio (audio.body) goes over the run path only: remove what asks for the gateway path, or choose a Whisper model.");
        }

        var shape = endpoint is null ? ShapeOf(inputs) : AsTheyAre;
        plan = model.IsWorkersAi
            ? WorkersAi(model, endpoint, stream)
            : endpoint is not null
                ? Asked(model, endpoint, stream)
                : ByShape(model, shape, stream);
        if (plan is not null)
        {
            return null;
        }

        return model.Info is null
            ? new("model", $"The provider '{model.Provider}' is not known on the gateway path.")
            : new("endpoint", $"Name the path of {model.Provider} that is asked for (endpoint): its inputs do not tell.");
    }

    private static EntryPlan WorkersAi(ModelSlug model, string? endpoint, bool stream) => endpoint is null
        ? new(ModelSlug.WorkersAi, model.Model, WireFormat.WorkersAi, new InputEdit(stream))
        : new(
            ModelSlug.WorkersAi,
            endpoint,
            EndpointPath.WireOf(endpoint) ?? WireFormat.WorkersAi,
            EditFor(endpoint, model.Model, stream, usage: false));

    private static EntryPlan? Asked(ModelSlug model, string endpoint, bool stream)
    {
        if (model.Info is not { } provider)
        {
            return null;
        }

        var path = EndpointPath.IsCommon(endpoint) && provider.ApiRoot is { } root ? root + endpoint["v1/".Length..] : endpoint;
        return new(
            provider.GatewayId,
            path,
            EndpointPath.WireOf(endpoint) ?? provider.NativeWire,
            EditFor(endpoint, model.Model, stream, provider.TakesStreamOptions));
    }

    private static EntryPlan? ByShape(ModelSlug model, string shape, bool stream) => (model.Info, shape) switch
    {
        ({ NativeWire: WireFormat.Anthropic }, "messages") => Asked(model, EndpointPath.Messages, stream),
        ({ NativeWire: WireFormat.OpenAi, ApiRoot: not null }, "messages") => Asked(model, EndpointPath.ChatCompletions, stream),
        ({ NativeWire: WireFormat.Google } provider, "contents") => new(
            provider.GatewayId, GoogleEndpoint(model.Model, stream), WireFormat.Google, new InputEdit(Stream: null)),
        ({ OnCompat: true } provider, "messages") => new(
            Compat,
            CompatChat,
            WireFormat.OpenAi,
            EditFor(CompatChat, $"{provider.GatewayId}/{model.Model}", stream, provider.TakesStreamOptions)),
        _ => null,
    };

    /// <summary>What is not known is not touched.</summary>
    internal static InputEdit EditFor(string endpoint, string model, bool stream, bool usage) => EndpointPath.WireOf(endpoint) switch
    {
        null => new InputEdit(Stream: null),
        _ when endpoint.Contains("embeddings", StringComparison.Ordinal) => new InputEdit(Stream: null, Model: model),
        WireFormat.OpenAi => new InputEdit(stream, usage, model),
        _ => new InputEdit(stream, Model: model),
    };

    private static string GoogleEndpoint(string model, bool stream) =>
        $"v1beta/models/{model}:{(stream ? "streamGenerateContent?alt=sse" : "generateContent")}";

    /// <summary>The property that tells the API which they are for; none where they are no JSON, which the editor says then.</summary>
    private static string ShapeOf(ReadOnlyMemory<byte> inputs)
    {
        try
        {
            var json = new Utf8JsonReader(inputs.Span, JsonValues.Options);
            json.ReadRoot();
            while (json.NextProperty())
            {
                if (json.Is("messages"u8))
                {
                    return "messages";
                }

                if (json.Is("contents"u8))
                {
                    return "contents";
                }

                json.Skip();
            }
        }
        catch (JsonException)
        {
            return AsTheyAre;
        }

        return AsTheyAre;
    }
}
