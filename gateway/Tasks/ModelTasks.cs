namespace Orchestrator.Gateway;

/// <summary>What is known of tasks: their names, whether their answers come as streams, which models they belong to.</summary>
public static class ModelTasks
{
    /// <summary>What a slug's provider says for AI Search: <c>ai-search/{name}</c>, with the name of the search.</summary>
    public const string AiSearchProvider = "ai-search";

    private static readonly (ModelTask Task, string Name)[] Names =
    [
        (ModelTask.TextGeneration, "text-generation"),
        (ModelTask.Embeddings, "embeddings"),
        (ModelTask.Image, "image"),
        (ModelTask.Transcription, "transcription"),
        (ModelTask.Speech, "speech"),
        (ModelTask.Rerank, "rerank"),
        (ModelTask.Classification, "classification"),
        (ModelTask.Translation, "translation"),
        (ModelTask.Summarization, "summarization"),
        (ModelTask.Vision, "vision"),
        (ModelTask.AiSearch, "ai-search"),
    ];

    // Parts of models' names, the first that is found decides: rerankers are named after embeddings, and Deepgram's Flux hears what Black
    // Forest Labs' paints.
    private static readonly (string Part, ModelTask Task)[] Marks =
    [
        ("reranker", ModelTask.Rerank),
        ("embed", ModelTask.Embeddings),
        ("/bge-", ModelTask.Embeddings),
        ("deepgram/aura", ModelTask.Speech),
        ("deepgram/", ModelTask.Transcription),
        ("whisper", ModelTask.Transcription),
        ("-transcribe", ModelTask.Transcription),
        ("melotts", ModelTask.Speech),
        ("/tts-", ModelTask.Speech),
        ("-tts", ModelTask.Speech),
        ("stable-diffusion", ModelTask.Image),
        ("dreamshaper", ModelTask.Image),
        ("black-forest-labs/flux", ModelTask.Image),
        ("leonardo/", ModelTask.Image),
        ("gpt-image", ModelTask.Image),
        ("/dall-e-", ModelTask.Image),
        ("/imagen-", ModelTask.Image),
        ("distilbert-sst-2", ModelTask.Classification),
        ("resnet-50", ModelTask.Classification),
        ("m2m100", ModelTask.Translation),
        ("indictrans2", ModelTask.Translation),
        ("bart-large-cnn", ModelTask.Summarization),
    ];

    /// <summary>In the order of their numbers.</summary>
    public static IReadOnlyList<string> AllNames { get; } = [.. Names.Select(static one => one.Name)];

    public static string NameOf(ModelTask task) => Array.Find(Names, one => one.Task == task).Name;

    /// <summary>Null: there is no such task.</summary>
    public static ModelTask? Parse(string? name) => Array.Find(Names, one => one.Name == name) is { Name: not null } found ? found.Task : null;

    /// <summary>Whether the answer comes as a stream. Where it does not, it is one document.</summary>
    public static bool Streams(ModelTask task) => task is ModelTask.TextGeneration or ModelTask.Vision;

    /// <summary>
    /// What the model's name tells; <see cref="ModelTask.TextGeneration"/> where it tells nothing, which is right for most models and wrong
    /// for some.
    /// </summary>
    public static ModelTask Of(ModelSlug model)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.IsAiSearch)
        {
            return ModelTask.AiSearch;
        }

        var name = model.ToString();
        foreach (var (part, task) in Marks)
        {
            if (name.Contains(part, StringComparison.OrdinalIgnoreCase))
            {
                return task;
            }
        }

        return ModelTask.TextGeneration;
    }

    /// <summary>The provider's API that the task is asked of; null is what the inputs tell, or the model's own.</summary>
    public static string? EndpointOf(ModelTask task, ModelSlug model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return task == ModelTask.Embeddings && !model.IsWorkersAi ? EndpointPath.Embeddings : null;
    }
}
