using System.Buffers;
using Orchestrator.Engine.Entries;

namespace Orchestrator.Engine.Tests.Kit;

/// <summary>Batches whose entries are upstream events of a given size.</summary>
internal static class Batches
{
    public static EntryBatch Events(long first, int count = 1, int bytes = 16)
    {
        var builder = new EntryBatchBuilder();
        for (var i = 0; i < count; i++)
        {
            builder.AddUpstreamEvent(RunRecording.Start, 1, new ReadOnlySequence<byte>(new byte[bytes]));
        }

        return builder.Build(first);
    }
}
