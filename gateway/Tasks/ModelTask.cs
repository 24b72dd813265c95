namespace Orchestrator.Gateway;

/// <summary>What a model is asked to do. The numbers never change.</summary>
public enum ModelTask : byte
{
    /// <summary>Text from a conversation or a prompt; streamed.</summary>
    TextGeneration = 1,

    /// <summary>Vectors of texts.</summary>
    Embeddings = 2,

    /// <summary>One image per dispatch.</summary>
    Image = 3,

    /// <summary>Speech to text.</summary>
    Transcription = 4,

    /// <summary>Text to speech.</summary>
    Speech = 5,

    /// <summary>Contexts in the order of how well they answer a query.</summary>
    Rerank = 6,

    /// <summary>Labels with scores, of a text or an image.</summary>
    Classification = 7,

    Translation = 8,

    Summarization = 9,

    /// <summary>Text from a conversation with images in it; streamed.</summary>
    Vision = 10,

    /// <summary>An answer from one's own documents, and its sources.</summary>
    AiSearch = 11,
}
