namespace Orchestrator.Grains.Contract;

[GenerateSerializer]
[Alias("orchestrator.submit-result")]
public enum SubmitResult
{
    /// <summary>The run is durable and under way.</summary>
    Accepted = 1,

    /// <summary>Nothing was made: the idempotency key belongs to another run.</summary>
    KeyTaken = 2,

    /// <summary>Nothing was made: the journal can not be written at present.</summary>
    Unavailable = 3,

    /// <summary>Nothing was made: the silo is stopping. Another one will take it.</summary>
    Stopping = 4,
}
