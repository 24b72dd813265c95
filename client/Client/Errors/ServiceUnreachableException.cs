namespace Orchestrator.Client;

/// <summary>No answer could be had from the service for as long as the policy allows. Runs go on without their readers: come back later.</summary>
public sealed class ServiceUnreachableException : OrchestratorException
{
    public ServiceUnreachableException(Uri service, string message, Exception? innerException = null)
        : base(message, innerException) => Service = service;

    /// <summary>Base address of the service.</summary>
    public Uri Service { get; }

    /// <summary>Whether the request may have been carried out all the same: a try got through, and its answer was lost.</summary>
    public bool MayHaveArrived { get; init; }

    /// <summary>For a watch: the cursor to come back with. Null for other calls.</summary>
    public long? After { get; init; }
}
