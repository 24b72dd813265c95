using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.State;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>What a journal looks like from outside.</summary>
internal static class ProjectedRun
{
    public static RunState Fold(IEnumerable<EntryBatch> batches)
    {
        var state = new RunState();
        foreach (var batch in batches)
        {
            state.Apply(batch);
        }

        return state;
    }

    /// <summary>The client event stream from the start: each event with its blank line.</summary>
    public static IReadOnlyList<string> Events(IEnumerable<EntryBatch> batches)
    {
        var text = new StringBuilder();
        var state = default(ProjectionState);
        foreach (var batch in batches)
        {
            var rendered = RenderedEvents.Render(batch, batch.FirstNumber, state, RunRecording.Id, skipThrough: 0);
            state = rendered.After;
            text.Append(Encoding.UTF8.GetString(rendered.Bytes.Span));
        }

        return Split(text.ToString());
    }

    public static IReadOnlyList<string> Split(string stream) =>
        [.. stream.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(static each => each + "\n\n")];

    public static Answer AnswerOf(IEnumerable<EntryBatch> batches)
    {
        var answer = new AnswerReader();
        foreach (var batch in batches)
        {
            answer.Apply(batch);
        }

        return answer.ToAnswer();
    }

    public static RunView View(IReadOnlyList<EntryBatch> batches)
    {
        var first = batches[0].GetEnumerator();
        first.MoveNext();
        return RunViews.Of(RunRecording.Id, Fold(batches), EntryCodec.ReadRunSubmitted(first.Current.Payload).Inputs, AnswerOf(batches));
    }
}
