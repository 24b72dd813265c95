namespace Orchestrator.Api;

/// <summary>A setting of the API that the service can not start with. The message names it and what to do; it never has a key in it.</summary>
public sealed class ApiSettingsException(string message) : Exception(message);
