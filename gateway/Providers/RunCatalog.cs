namespace Orchestrator.Gateway;

/// <summary>Whether a provider's models are to be had on the run path. The numbers never change.</summary>
public enum RunCatalog : byte
{
    No = 1,
    Yes = 2,

    /// <summary>Some of them. Which ones, only the service knows: 404 with code 7003 says that one is not.</summary>
    PerModel = 3,
}
