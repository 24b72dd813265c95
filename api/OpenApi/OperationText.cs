namespace Orchestrator.Api.OpenApi;

/// <summary>What the document says of one operation.</summary>
/// <param name="Id">For generated clients.</param>
/// <param name="Tag">What it belongs to.</param>
/// <param name="Summary">What it does, in a line.</param>
internal sealed record OperationText(string Id, string Tag, string Summary)
{
    public string? Description { get; init; }

    public IReadOnlyList<ParameterText> Parameters { get; init; } = [];

    /// <summary>The name of the body's schema.</summary>
    public string? Body { get; init; }

    /// <summary>JSON.</summary>
    public string? BodyExample { get; init; }

    public bool BodyOptional { get; init; }

    public IReadOnlyList<ResponseText> Responses { get; init; } = [];
}
