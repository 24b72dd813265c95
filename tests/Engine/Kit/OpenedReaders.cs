using System.Text;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Readers;

namespace Orchestrator.Engine.Tests.Kit;

internal static class OpenedReaders
{
    public static async Task<string> ReadToEndAsync(this OpenedReader opened)
    {
        using var reader = Assert.IsType<OpenedReader.Opened>(opened).Reader;
        var text = new StringBuilder();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken) is { Kind: ReaderReadKind.Data } read)
        {
            text.Append(Encoding.UTF8.GetString(read.Bytes.Span));
        }

        return text.ToString();
    }
}
