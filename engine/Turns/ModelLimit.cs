namespace Orchestrator.Engine.Turns;

/// <summary>The limit of one model, or of all whose names begin alike.</summary>
public sealed class ModelLimit
{
    /// <summary>As it is submitted, such as <c>openai/gpt-5-mini</c>; with <c>*</c> at its end, all that begin so.</summary>
    public string Model { get; set; } = "";

    /// <summary>Requests in a window; 0 is no limit.</summary>
    public int Requests { get; set; }

    /// <summary>Seconds.</summary>
    public double WindowSeconds { get; set; } = 60;
}
