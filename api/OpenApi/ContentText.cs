namespace Orchestrator.Api.OpenApi;

/// <param name="Type">The content type.</param>
/// <param name="Schema">The name of a schema; null for plain text or bytes.</param>
internal sealed record ContentText(string Type, string? Schema = null);
