using System.Text.Json.Serialization;

namespace Orchestrator.Bench.Load;

/// <summary>How a client gets a run's events.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LoadRoute>))]
internal enum LoadRoute
{
    None = 0,

    /// <summary><c>POST /run</c> as the gateway's bridge has it: through nginx, or at the emulator itself.</summary>
    Bridge = 1,

    /// <summary><c>POST /v1/runs</c>, then the run's <c>/stream</c> on the same connection.</summary>
    Stream = 2,

    /// <summary><c>POST /v1/runs</c>, then the run's <c>/events</c> on the same connection.</summary>
    Events = 3,

    /// <summary><c>POST /v1/runs</c> that asks for the event stream as its answer.</summary>
    Answer = 4,

    /// <summary><c>POST /v1/runs</c> and no reader.</summary>
    Submit = 5,

    /// <summary><c>GET</c> of a path.</summary>
    Read = 6,
}
