using System.Text;
using System.Text.Json;
using Orchestrator.Engine.Hosting;
using Orchestrator.Simulation.Tests.Clients;

namespace Orchestrator.Simulation.Tests.Checks;

/// <summary>Snapshot and tail: a view's output is what the events up to its sequence number add up to.</summary>
internal sealed class ViewChecks(World world, RunRecord record)
{
    public void Run(RunView view)
    {
        if (record.Events.Count < view.Seq)
        {
            // Deleted before anybody read that far.
            world.Check(record.IsDeleted, $"{record.Id}: a view is as of {view.Seq}, the run has {record.Events.Count} events");
            return;
        }

        var text = new StringBuilder();
        foreach (var block in record.Events.Take((int)view.Seq))
        {
            using var data = JsonDocument.Parse(SseText.Data(block));
            switch (data.RootElement.GetProperty("type").GetString())
            {
                case "output.delta":
                    text.Append(data.RootElement.GetProperty("text").GetString());
                    break;
                case "output.reset":
                    text.Clear();
                    break;
            }
        }

        world.Check(view.Output.Text == text.ToString(), $"{record.Id}: at {view.Seq} the view has\n{view.Output.Text}\nand the events\n{text}");
    }
}
