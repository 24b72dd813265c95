using System.Runtime.InteropServices;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Grains.Contract;

/// <summary>An <see cref="EntryBatch"/> on its way between silos.</summary>
[GenerateSerializer]
[Immutable]
[Alias("orchestrator.entry-slice")]
public sealed class EntrySlice
{
    [Id(0)]
    public required long FirstNumber { get; init; }

    [Id(1)]
    public required int Count { get; init; }

    /// <summary>Unix milliseconds.</summary>
    [Id(2)]
    public required long BaseTime { get; init; }

    /// <summary>Never changed once it is here.</summary>
    [Id(3)]
    public required byte[] Data { get; init; }

    /// <summary>The bytes are shared, not copied, where they fill their array. A checkpoint does not travel: readers bring their own.</summary>
    public static EntrySlice Of(EntryBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var whole = MemoryMarshal.TryGetArray(batch.Data, out var part) && part.Offset == 0 && part.Count == part.Array!.Length;
        return new EntrySlice
        {
            FirstNumber = batch.FirstNumber,
            Count = batch.Count,
            BaseTime = batch.BaseTime,
            Data = whole ? part.Array! : batch.Data.ToArray(),
        };
    }

    public EntryBatch ToBatch() => new(FirstNumber, Count, BaseTime, Data);
}
