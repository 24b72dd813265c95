namespace Orchestrator.Engine.Turns;

/// <summary>What a model costs, in neurons.</summary>
public sealed class NeuronPrice
{
    /// <summary>As it is submitted; with <c>*</c> at its end, all that begin so.</summary>
    public string Model { get; set; } = "";

    /// <summary>Neurons for a million input tokens.</summary>
    public double Input { get; set; }

    /// <summary>Neurons for a million output tokens.</summary>
    public double Output { get; set; }

    /// <summary>Neurons for each request, whatever its size.</summary>
    public double Request { get; set; }
}
