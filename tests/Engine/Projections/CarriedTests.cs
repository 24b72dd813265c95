using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Decisions;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Projections;
using Orchestrator.Engine.Readers;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Tests.Kit;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Tests.Projections;

/// <summary>What an event means may hang on those before it: the projections carry it, and checkpoints keep it.</summary>
public sealed class CarriedTests
{
    private readonly RunRecording _run = RunRecording.Of(new RunSpec { Model = "google/a" }).Dispatch();

    [Fact]
    public void Calls_in_several_chunks_are_several_calls()
    {
        _run.Attach(WireFormat.Google).Take(Call("first"), Call("second")).Commit().Take(Call("third")).Commit();
        Assert.Equal([(0, "first"), (1, "second"), (2, "third")], Calls());
        Assert.Equal([(0, "first"), (1, "second"), (2, "third")], Told(_run.Batches, default));
    }

    [Fact]
    public void A_reader_that_starts_at_a_checkpoint_numbers_calls_as_one_from_the_beginning()
    {
        _run.Attach(WireFormat.Google).Take(Call("first"), Call("second")).Commit()
            .Take(Call("third")).Commit(checkpoint: true);
        var last = _run.Batches[^1];
        Assert.Equal([(2, "third")], Told([last], ProjectionState.FromCheckpoint(last.Checkpoint!)));
    }

    [Fact]
    public void Another_attempt_begins_at_0()
    {
        _run.Attach(WireFormat.Google).Take(Call("first")).Commit()
            .Fail(Errors.Broken(null)).Dispatch().Attach(WireFormat.Google).Take(Call("again")).Commit(checkpoint: true);
        Assert.Equal([(0, "again")], Calls());
        Assert.Equal([(0, "first"), (0, "again")], Told(_run.Batches, default));
    }

    [Fact]
    public void The_input_of_a_tool_that_the_provider_runs_is_passed_over_across_a_checkpoint()
    {
        _run.Attach(WireFormat.Anthropic)
            .Take(Wire.Data("""{"type":"content_block_start","index":1,"content_block":{"type":"server_tool_use","id":"s","name":"search","input":{}}}"""))
            .Commit()
            .Take(Wire.Data("""{"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}"""))
            .Commit(checkpoint: true);
        var last = _run.Batches[^1];
        Assert.Empty(Calls());
        Assert.Empty(Told([last], ProjectionState.FromCheckpoint(last.Checkpoint!)));
        Assert.False(_run.State.Current!.HasToolCalls);
    }

    private IEnumerable<(int Index, string? Name)> Calls() =>
        ProjectedRun.AnswerOf(_run.Batches).ToolCalls.Select(static call => (call.Index, call.Name));

    private static List<(int Index, string? Name)> Told(IEnumerable<EntryBatch> batches, ProjectionState state)
    {
        var told = new List<(int Index, string? Name)>();
        foreach (var batch in batches)
        {
            var rendered = RenderedEvents.Render(batch, batch.FirstNumber, state, RunRecording.Id, skipThrough: 0);
            state = rendered.After;
            foreach (var line in Encoding.UTF8.GetString(rendered.Bytes.Span).Split('\n'))
            {
                if (line.Contains("\"type\":\"tool_call.delta\"", StringComparison.Ordinal))
                {
                    using var json = JsonDocument.Parse(line["data: ".Length..]);
                    told.Add((json.RootElement.GetProperty("index").GetInt32(), json.RootElement.GetProperty("name").GetString()));
                }
            }
        }

        return told;
    }

    private static byte[] Call(string name) =>
        Wire.Data("""{"candidates":[{"content":{"parts":[{"functionCall":{"name":"NAME","args":{}}}]},"index":0}]}""".Replace("NAME", name, StringComparison.Ordinal));
}
