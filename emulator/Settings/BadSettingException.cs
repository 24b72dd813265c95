namespace Orchestrator.Emulator.Settings;

/// <summary>A key in a model name or a fault document that does not exist, or a value that its key does not take.</summary>
internal sealed class BadSettingException(string message) : Exception(message);
