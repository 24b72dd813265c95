using Microsoft.AspNetCore.DataProtection;

namespace Orchestrator.Silo.Storage;

/// <summary>Where silos find each other, and keep what Orleans keeps for them: membership, reminders, grain state, and the key ring.</summary>
internal interface IClusterStorage
{
    /// <summary>For the line that the silo starts with.</summary>
    string Description { get; }

    /// <summary>Makes what is missing; safe to be done by several silos at once.</summary>
    /// <exception cref="Standalone.Settings.SettingsException">The storage can not be used.</exception>
    Task PrepareAsync(CancellationToken cancellationToken);

    void Configure(ISiloBuilder silo);

    /// <summary>What one silo has sealed, every other must be able to open.</summary>
    void KeepKeys(IDataProtectionBuilder keys);
}
