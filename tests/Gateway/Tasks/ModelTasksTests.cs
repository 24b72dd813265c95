namespace Orchestrator.Gateway.Tests.Tasks;

public sealed class ModelTasksTests
{
    [Theory]
    [InlineData("@cf/baai/bge-base-en-v1.5", ModelTask.Embeddings)]
    [InlineData("@cf/baai/bge-m3~hold=5", ModelTask.Embeddings)]
    [InlineData("@cf/google/embeddinggemma-300m", ModelTask.Embeddings)]
    [InlineData("@cf/qwen/qwen3-embedding-0.6b", ModelTask.Embeddings)]
    [InlineData("openai/text-embedding-3-small", ModelTask.Embeddings)]
    [InlineData("mistral/mistral-embed", ModelTask.Embeddings)]
    [InlineData("@cf/baai/bge-reranker-base", ModelTask.Rerank)]
    [InlineData("@cf/black-forest-labs/flux-1-schnell", ModelTask.Image)]
    [InlineData("@cf/stabilityai/stable-diffusion-xl-base-1.0", ModelTask.Image)]
    [InlineData("@cf/bytedance/stable-diffusion-xl-lightning", ModelTask.Image)]
    [InlineData("@cf/lykon/dreamshaper-8-lcm", ModelTask.Image)]
    [InlineData("@cf/leonardo/lucid-origin", ModelTask.Image)]
    [InlineData("openai/gpt-image-1", ModelTask.Image)]
    [InlineData("@cf/openai/whisper", ModelTask.Transcription)]
    [InlineData("@cf/openai/whisper-large-v3-turbo", ModelTask.Transcription)]
    [InlineData("@cf/deepgram/nova-3", ModelTask.Transcription)]
    [InlineData("@cf/deepgram/flux", ModelTask.Transcription)]
    [InlineData("openai/gpt-4o-transcribe", ModelTask.Transcription)]
    [InlineData("@cf/deepgram/aura-1", ModelTask.Speech)]
    [InlineData("@cf/myshell-ai/melotts", ModelTask.Speech)]
    [InlineData("openai/gpt-4o-mini-tts", ModelTask.Speech)]
    [InlineData("@cf/huggingface/distilbert-sst-2-int8", ModelTask.Classification)]
    [InlineData("@cf/microsoft/resnet-50", ModelTask.Classification)]
    [InlineData("@cf/meta/m2m100-1.2b", ModelTask.Translation)]
    [InlineData("@cf/ai4bharat/indictrans2-en-indic-1B", ModelTask.Translation)]
    [InlineData("@cf/facebook/bart-large-cnn", ModelTask.Summarization)]
    [InlineData("ai-search/handbook", ModelTask.AiSearch)]
    [InlineData("@cf/meta/llama-3.1-8b-instruct", ModelTask.TextGeneration)]
    [InlineData("openai/gpt-5-mini", ModelTask.TextGeneration)]
    [InlineData("anthropic/claude-haiku-4.5", ModelTask.TextGeneration)]
    [InlineData("deepseek/deepseek-chat", ModelTask.TextGeneration)]
    public void A_models_name_tells_its_task(string model, ModelTask task)
    {
        Assert.True(ModelSlug.TryParse(model, out var slug));
        Assert.Equal(task, ModelTasks.Of(slug));
    }

    [Fact]
    public void Every_task_has_a_name_of_its_own()
    {
        Assert.Equal(Enum.GetValues<ModelTask>(), ModelTasks.AllNames.Select(name => ModelTasks.Parse(name)!.Value));
        Assert.All(Enum.GetValues<ModelTask>(), task => Assert.Equal(task, ModelTasks.Parse(ModelTasks.NameOf(task))));
        Assert.Null(ModelTasks.Parse("Embeddings"));
        Assert.Null(ModelTasks.Parse(null));
    }

    [Fact]
    public void Only_text_is_streamed() =>
        Assert.Equal([ModelTask.TextGeneration, ModelTask.Vision], Enum.GetValues<ModelTask>().Where(ModelTasks.Streams));

    [Theory]
    [InlineData("openai/text-embedding-3-small", "v1/embeddings")]
    [InlineData("@cf/baai/bge-m3", null)]
    public void Embeddings_of_other_providers_have_an_API_of_their_own(string model, string? endpoint)
    {
        Assert.True(ModelSlug.TryParse(model, out var slug));
        Assert.Equal(endpoint, ModelTasks.EndpointOf(ModelTask.Embeddings, slug));
        Assert.Null(ModelTasks.EndpointOf(ModelTask.TextGeneration, slug));
    }
}
