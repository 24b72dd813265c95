namespace Orchestrator.Journals.Formats;

/// <summary>What a part has besides its entries. On disk: the values never change.</summary>
[Flags]
internal enum PartFlags : byte
{
    None = 0,
    Checkpoint = 1,
    Summary = 2,
}
