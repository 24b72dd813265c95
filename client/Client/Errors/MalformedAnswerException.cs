namespace Orchestrator.Client;

/// <summary>The service answered something that its contract does not know: another service, or a proxy, answers at this address.</summary>
public sealed class MalformedAnswerException : OrchestratorException
{
    public MalformedAnswerException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
