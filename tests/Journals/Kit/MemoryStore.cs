using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.Tests.Kit;

/// <summary>What survives the processes. Locked as a whole.</summary>
internal sealed class MemoryStore
{
    public Dictionary<SegmentId, MemorySegment> Segments { get; } = [];

    public Dictionary<RunId, MemoryRow> Rows { get; } = [];

    public Dictionary<(string Tenant, string Key), CreateOutcome.KeyTaken> Keys { get; } = [];

    public Dictionary<RunId, SortedDictionary<long, RunChunk>> Chunks { get; } = [];

    public sealed class MemorySegment
    {
        public SortedDictionary<int, byte[]> Blocks { get; } = [];

        public bool Sealed { get; set; }
    }

    public sealed class MemoryRow
    {
        public required RunSummary Summary { get; set; }

        public required WriterId Owner { get; set; }

        public long Epoch { get; set; } = 1;

        public bool Released { get; set; }

        public List<WriterId> Fence { get; set; } = [];

        public string? Key { get; init; }
    }
}
