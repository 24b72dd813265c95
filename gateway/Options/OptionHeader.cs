namespace Orchestrator.Gateway;

/// <summary>An option as the header that carries it where there is no field for it.</summary>
/// <param name="Name">In lower case.</param>
/// <param name="Value">Printable ASCII.</param>
/// <param name="Option">The option's name, for messages.</param>
internal readonly record struct OptionHeader(string Name, string Value, string Option);
