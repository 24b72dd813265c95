using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Postgres;

/// <summary>Run ids as PostgreSQL's <c>uuid</c>, which sorts by its bytes as they do.</summary>
internal static class Identifiers
{
    public static Guid ToGuid(this RunId run)
    {
        Span<byte> bytes = stackalloc byte[RunId.ByteLength];
        run.WriteBytes(bytes);
        return new Guid(bytes, bigEndian: true);
    }

    public static RunId ToRun(this Guid guid)
    {
        Span<byte> bytes = stackalloc byte[RunId.ByteLength];
        guid.TryWriteBytes(bytes, bigEndian: true, out _);
        return RunId.FromBytes(bytes);
    }

    public static Guid[] ToGuids(this IReadOnlyList<RunId> runs) => [.. runs.Select(ToGuid)];
}
