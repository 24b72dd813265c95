using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Orchestrator.Engine.Telemetry;

namespace Orchestrator.Api.Submit;

/// <summary>The trace that a submitted run belongs to.</summary>
internal static class CallerTrace
{
    /// <summary>
    /// The span of the request, where the host exports one; the caller's own otherwise. An activity that nobody listens to would be a
    /// parent that no trace has: its source is nameless.
    /// </summary>
    public static TraceContext? Of(HttpRequest request) => Activity.Current is { Source.Name.Length: > 0 } span
        ? TraceContext.Of(span)
        : TraceContext.Read(request.Headers.TraceParent, request.Headers.TraceState);
}
