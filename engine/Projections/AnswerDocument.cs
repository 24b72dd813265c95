namespace Orchestrator.Engine.Projections;

public sealed record AnswerDocument(string ContentType, ReadOnlyMemory<byte> Body);
