namespace Orchestrator.Gateway;

/// <summary>Either a <see cref="TransportChoice"/> or a <see cref="TransportRefusal"/>.</summary>
public abstract record TransportDecision
{
    private protected TransportDecision()
    {
    }
}
