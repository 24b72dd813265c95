namespace Orchestrator.Standalone.Settings;

/// <summary>A setting that the service can not start with. The message names it and what to do.</summary>
public sealed class SettingsException(string message) : Exception(message);
