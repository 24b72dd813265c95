using Microsoft.Net.Http.Headers;

namespace Orchestrator.Dashboard;

/// <summary>A file of the site.</summary>
/// <param name="Body">As npm built it.</param>
/// <param name="Compressed">The same with Brotli; null where that is not smaller.</param>
internal sealed record SiteFile(string ContentType, byte[] Body, byte[]? Compressed, EntityTagHeaderValue Tag);
