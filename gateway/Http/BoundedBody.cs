using System.Buffers;

namespace Orchestrator.Gateway;

/// <summary>Reads a body whole, up to a bound.</summary>
internal static class BoundedBody
{
    private const int FirstBuffer = 4 * 1024;

    /// <returns>The bytes, and whether there were more than that.</returns>
    public static async Task<(ReadOnlyMemory<byte> Bytes, bool Cut)> ReadAsync(HttpContent content, int maxBytes, CancellationToken ct)
    {
        var stream = await content.ReadAsStreamAsync(ct).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            var buffer = new ArrayBufferWriter<byte>(FirstBuffer);
            while (buffer.WrittenCount <= maxBytes)
            {
                var read = await stream.ReadAsync(buffer.GetMemory(), ct).ConfigureAwait(false);
                if (read == 0)
                {
                    return (buffer.WrittenMemory, false);
                }

                buffer.Advance(read);
            }

            return (buffer.WrittenMemory[..maxBytes], true);
        }
    }
}
