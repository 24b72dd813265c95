namespace Orchestrator.Engine.Journal;

/// <summary>The journal's storage can not be written or read at present. The message names the cause and, where known, the remedy.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
