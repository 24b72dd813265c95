namespace Orchestrator.Journals.Sqlite.Writing;

/// <summary>Something to do on the writer's thread.</summary>
internal abstract class WriteWork
{
    public abstract void Run(WriteSession session);
}
