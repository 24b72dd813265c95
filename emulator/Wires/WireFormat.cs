namespace Orchestrator.Emulator.Wires;

/// <summary>The shapes of answers.</summary>
internal enum WireFormat
{
    None = 0,
    OpenAi = 1,
    Anthropic = 2,
    WorkersAi = 3,
    Google = 4,
    OpenAiResponses = 5,
    Embeddings = 6,
    TextEmbeddings = 7,
    Image = 8,
    ImageInJson = 9,
    Transcription = 10,
    Speech = 11,
    SpeechInJson = 12,
    Rerank = 13,
    TextClassification = 14,
    ImageClassification = 15,
    Translation = 16,
    Summary = 17,
    AiSearch = 18,
}
