using Microsoft.OpenApi;

namespace Orchestrator.Api.OpenApi;

/// <summary>A parameter that is read by hand, and so has to be told of.</summary>
/// <param name="In">Query or header.</param>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it does.</param>
/// <param name="Schema">What it may be.</param>
internal sealed record ParameterText(ParameterLocation In, string Name, string Description, OpenApiSchema Schema);
