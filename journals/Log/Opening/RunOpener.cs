using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Opening;

/// <summary>Collects what is to be opened while a takeover is under way, so that a thousand runs of a dead writer cost one pass over its log.</summary>
internal sealed class RunOpener(Takeover takeover)
{
    private readonly Lock _gate = new();
    private List<OpenRequest> _waiting = [];
    private Task _working = Task.CompletedTask;

    public Task<IRunWriter?> OpenAsync(RunId run)
    {
        var request = new OpenRequest(run);
        lock (_gate)
        {
            _waiting.Add(request);
            if (_working.IsCompleted)
            {
                _working = Task.Run(WorkAsync);
            }
        }

        return request.Writer.Task;
    }

    private async Task WorkAsync()
    {
        while (Take() is { Count: > 0 } batch)
        {
            try
            {
                var writers = await takeover.RunAsync([.. batch.Select(request => request.Run)]);
                foreach (var request in batch)
                {
                    request.Writer.SetResult(writers.GetValueOrDefault(request.Run));
                }
            }
            catch (Exception e)
            {
                foreach (var request in batch)
                {
                    request.Writer.TrySetException(e);
                }
            }
        }
    }

    /// <summary>Each run at most once: who opens a run twice takes it from himself, one after the other.</summary>
    private List<OpenRequest> Take()
    {
        lock (_gate)
        {
            var seen = new HashSet<RunId>();
            var batch = _waiting.FindAll(request => seen.Add(request.Run));
            _waiting = _waiting.FindAll(request => !batch.Contains(request));
            if (batch.Count == 0)
            {
                _working = Task.CompletedTask;
            }

            return batch;
        }
    }
}
