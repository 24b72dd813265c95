using System.Buffers;
using System.Text.Json;

namespace Orchestrator.Gateway;

/// <summary>A run as it goes over the REST API.</summary>
/// <param name="Path">From the slash behind the account on, with its query.</param>
/// <param name="Body">In parts that are sent one after the other.</param>
/// <param name="Wire">How it is answered.</param>
/// <param name="Request">The options and headers.</param>
internal sealed record RestCall(string Path, IReadOnlyList<ReadOnlyMemory<byte>> Body, WireFormat Wire, RunRequest Request)
{
    private const string Ai = "/ai/";

    /// <summary>Of the body.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <param name="model">Parsed.</param>
    /// <param name="request">Checked but for its inputs and what only this way asks of it.</param>
    /// <param name="problems">Gets what is wrong.</param>
    public static RestCall? TryCreate(ModelSlug model, RunRequest request, List<ConfigProblem> problems)
    {
        if (model.IsAiSearch)
        {
            return AiSearch(model, request, problems);
        }

        if (request.Endpoint is null && RawAudio.IsIn(model, request.Inputs))
        {
            return Audio(model, request, problems);
        }

        var (path, wire, edit) = request.Endpoint is { } endpoint ? Common(model, endpoint, request.Stream) : Native(model, request.Stream);
        if (EndpointPath.Problem(path) is not null || path.Contains('?', StringComparison.Ordinal))
        {
            problems.Add(new("model", "This is not a model's name."));
        }

        if (InputEditor.TryApply(request.Inputs, edit, out var inputs) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        return problems.Count > 0 ? null : new RestCall(Ai + path, path == "run" ? Named(model, inputs) : inputs, wire, request);
    }

    private static RestCall? AiSearch(ModelSlug model, RunRequest request, List<ConfigProblem> problems)
    {
        if (!EndpointPath.IsName(model.Model))
        {
            problems.Add(new("model", "Give ai-search/ and the name of an AI Search."));
        }

        if (AiSearchQuery.TryCreate(request.Inputs, out var body) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        return problems.Count > 0 ? null : new RestCall($"/autorag/rags/{model.Model}/ai-search", [body], WireFormat.Document, request);
    }

    private static RestCall? Audio(ModelSlug model, RunRequest request, List<ConfigProblem> problems)
    {
        if (RawAudio.TryRead(request.Inputs, out var audio) is { } problem)
        {
            problems.Add(new("input", problem));
        }

        return problems.Count > 0
            ? null
            : new RestCall($"{Ai}run/{model.Model}{audio!.Query}", [audio.Bytes], model.RunWire, request) { ContentType = audio.ContentType };
    }

    private static (string Path, WireFormat Wire, InputEdit Edit) Native(ModelSlug model, bool stream) =>
        (model.IsWorkersAi ? $"run/{model.Model}" : "run", model.RunWire, new InputEdit(stream, model.RunWire == WireFormat.OpenAi));

    /// <summary>The APIs of providers that the REST API has too, with the model named in the body.</summary>
    private static (string Path, WireFormat Wire, InputEdit Edit) Common(ModelSlug model, string endpoint, bool stream)
    {
        var wire = EndpointPath.WireOf(endpoint) ?? WireFormat.Unknown;
        return (endpoint, wire, endpoint switch
        {
            EndpointPath.Embeddings => new InputEdit(Stream: null, Model: model.ToString()),
            EndpointPath.ChatCompletions => new InputEdit(stream, IncludeUsage: true, model.ToString()),
            _ => new InputEdit(stream, Model: model.ToString()),
        });
    }

    private static IReadOnlyList<ReadOnlyMemory<byte>> Named(ModelSlug model, IReadOnlyList<ReadOnlyMemory<byte>> inputs)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("model"u8, model.ToString());
        json.WritePropertyName("input"u8);
        json.Flush();
        return [buffer.WrittenMemory, .. inputs, "}"u8.ToArray()];
    }
}
