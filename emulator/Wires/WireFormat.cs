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
}
