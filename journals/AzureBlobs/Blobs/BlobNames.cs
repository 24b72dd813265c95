using System.Globalization;
using Orchestrator.Engine.Runs;
using Orchestrator.Journals.Formats;
using Orchestrator.Journals.Storage;

namespace Orchestrator.Journals.AzureBlobs.Blobs;

/// <summary>
/// The names of all blobs. The service lists by prefix in the order of names and knows no other order, so what is to be listed newest first
/// carries its id turned round: each digit taken from F.
/// </summary>
internal static class BlobNames
{
    public const string Log = "log/";
    public const string Rows = "runs/";
    public const string Unfinished = "unfinished/";
    public const string Ended = "ended/";
    private const int TimeDigits = 16;

    public static string Segment(SegmentId segment) => string.Create(CultureInfo.InvariantCulture, $"{Log}{segment.Writer}/{segment.Sequence:D10}");

    public static SegmentId? ParseSegment(string name)
    {
        var parts = name.Split('/');
        return parts is [_, var writer, var sequence] && Guid.TryParseExact(writer, "N", out var id)
            && int.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SegmentId(new WriterId(id), number)
            : null;
    }

    public static string Row(RunId run) => Rows + Newest(run);

    public static string UnfinishedRun(RunId run) => Unfinished + Convert.ToHexStringLower(run.ToBytes());

    public static string EndedRun(long at, RunId run) =>
        string.Create(CultureInfo.InvariantCulture, $"{Ended}{Math.Max(0, at).ToString($"D{TimeDigits}", CultureInfo.InvariantCulture)}/{Convert.ToHexStringLower(run.ToBytes())}");

    public static long EndedTime(string name) => long.Parse(name.AsSpan(Ended.Length, TimeDigits), CultureInfo.InvariantCulture);

    public static string Tenant(string tenant) => $"tenants/{Convert.ToHexStringLower(Digest.Of(tenant))}/";

    public static string TenantRun(string tenant, RunId run) => Tenant(tenant) + Newest(run);

    public static string Key(string tenant, string key) => $"keys/{Convert.ToHexStringLower(Digest.OfKey(tenant, key))}";

    public static string Chunks(RunId run) => $"chunks/{Convert.ToHexStringLower(run.ToBytes())}/";

    /// <summary>The id turned round.</summary>
    public static string Newest(RunId run)
    {
        var bytes = run.ToBytes();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)~bytes[i];
        }

        return Convert.ToHexStringLower(bytes);
    }

    /// <summary>The run of a name that ends with its id.</summary>
    public static RunId RunOf(string name) => RunId.FromBytes(Convert.FromHexString(name.AsSpan(name.LastIndexOf('/') + 1)));

    /// <summary>The run of a name that ends with its id turned round.</summary>
    public static RunId NewestRunOf(string name)
    {
        var bytes = Convert.FromHexString(name.AsSpan(name.LastIndexOf('/') + 1));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)~bytes[i];
        }

        return RunId.FromBytes(bytes);
    }
}
