namespace Orchestrator.Journals.Committing;

/// <summary>What a writer waits for.</summary>
internal enum WriterOperation
{
    None = 0,
    Create = 1,
    Append = 2,
    Release = 3,
}
