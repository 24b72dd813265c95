namespace Orchestrator.Telemetry;

/// <summary>A setting can not be followed; the message names it and the way out.</summary>
public sealed class TelemetrySettingsException(string message) : Exception(message);
