namespace Orchestrator.Silo.Settings;

/// <summary>Where silos find each other.</summary>
internal enum ClusterStorageKind
{
    None = 0,

    /// <summary>One silo by itself, with nothing that outlives it but its journal.</summary>
    Localhost = 1,
    Postgres = 2,
    Azure = 3,
}
