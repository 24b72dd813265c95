namespace Orchestrator.Cli;

/// <summary>The command line asks for something that can not be; the message names the way out.</summary>
internal sealed class UsageException(string message) : Exception(message);
