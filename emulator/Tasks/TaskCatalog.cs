using Orchestrator.Emulator.Settings;
using Orchestrator.Emulator.Wires;

namespace Orchestrator.Emulator.Tasks;

/// <summary>Which Workers AI models do something else than chat.</summary>
internal static class TaskCatalog
{
    // The first part of a name that is found decides.
    private static readonly (string Part, WireFormat Wire)[] Marks =
    [
        ("reranker", WireFormat.Rerank),
        ("embed", WireFormat.TextEmbeddings),
        ("/bge-", WireFormat.TextEmbeddings),
        ("deepgram/aura", WireFormat.Speech),
        ("deepgram/", WireFormat.Transcription),
        ("whisper", WireFormat.Transcription),
        ("melotts", WireFormat.SpeechInJson),
        ("black-forest-labs/flux", WireFormat.ImageInJson),
        ("leonardo/lucid-origin", WireFormat.ImageInJson),
        ("leonardo/", WireFormat.Image),
        ("stable-diffusion", WireFormat.Image),
        ("dreamshaper", WireFormat.Image),
        ("distilbert-sst-2", WireFormat.TextClassification),
        ("resnet-50", WireFormat.ImageClassification),
        ("m2m100", WireFormat.Translation),
        ("indictrans2", WireFormat.Translation),
        ("bart-large-cnn", WireFormat.Summary),
    ];

    /// <summary>Null: it chats.</summary>
    public static WireFormat? WireOf(ModelName model)
    {
        foreach (var (part, wire) in Marks)
        {
            if (model.Slug.Contains(part, StringComparison.Ordinal))
            {
                return wire;
            }
        }

        return null;
    }
}
