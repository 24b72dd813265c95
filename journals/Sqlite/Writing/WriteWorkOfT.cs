namespace Orchestrator.Journals.Sqlite.Writing;

internal sealed class WriteWork<T>(Func<WriteSession, T> work, TaskCreationOptions options) : WriteWork
{
    private readonly TaskCompletionSource<T> _done = new(options);

    public Task<T> Task => _done.Task;

    public override void Run(WriteSession session)
    {
        T result;
        try
        {
            result = work(session);
        }
        catch (Exception e)
        {
            _done.SetException(e);
            return;
        }

        _done.SetResult(result);
    }
}
