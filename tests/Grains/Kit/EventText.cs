using System.Text;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Readers;

namespace Orchestrator.Grains.Tests.Kit;

/// <summary>A reader of events and what it has read.</summary>
internal sealed class EventText : IDisposable
{

    private readonly IRunReader _reader;
    private readonly StringBuilder _text = new();

    private EventText(IRunReader reader) => _reader = reader;

    public string Text => _text.ToString();

    /// <summary>The sequence numbers of the events so far, in the order in which they came.</summary>
    public IEnumerable<long> Numbers => Text.Split('\n').Where(static line => line.StartsWith("id: ", StringComparison.Ordinal))
        .Select(static line => long.Parse(line.AsSpan(4), System.Globalization.CultureInfo.InvariantCulture));

    public static async Task<EventText> OpenAsync(IRuns runs, Engine.Runs.RunId run, long after = 0)
    {
        var opened = await runs.OpenEventsAsync("", run, after, TestContext.Current.CancellationToken);
        return new EventText(Assert.IsType<OpenedReader.Opened>(opened).Reader);
    }

    /// <summary>Reads until that text has come.</summary>
    public async Task UntilAsync(string text)
    {
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(await ReadAsync() is ReaderReadKind.Data or ReaderReadKind.Quiet, $"The reader ended before it read '{text}': {Text}");
        }
    }

    /// <summary>Reads to the end; answers how it ended.</summary>
    public async Task<ReaderReadKind> ToEndAsync()
    {
        while (true)
        {
            var kind = await ReadAsync();
            if (kind is ReaderReadKind.End or ReaderReadKind.Moved)
            {
                return kind;
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    private async Task<ReaderReadKind> ReadAsync()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(RunCluster.Patience);
        var read = await _reader.ReadAsync(patience.Token);
        _text.Append(Encoding.UTF8.GetString(read.Bytes.Span));
        return read.Kind;
    }
}
