using System.Text;
using Orchestrator.Engine.Entries;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;
using Orchestrator.Gateway;

namespace Orchestrator.Engine.Projections;

/// <summary>Puts a run's output together from its entries. An attempt that starts from nothing throws away what was there.</summary>
public sealed class AnswerReader
{
    private readonly ChunkReading _reading = new();
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _reasoning = new();
    private readonly SortedDictionary<int, (string? Id, string? Name, StringBuilder Arguments)> _toolCalls = [];
    private WireFormat _wire;
    private long _carried;
    private readonly List<AnswerDocument> _documents = [];
    private ReadOnlyMemory<byte> _submitted;
    private string _model = "";
    private bool _isComplete;
    private Overlap _overlap;

    public static async Task<Answer> ReadAsync(IRunJournal journal, RunId run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(journal);
        var reader = new AnswerReader();
        await foreach (var batch in journal.ReadAsync(run, 1, cancellationToken))
        {
            reader.Apply(batch);
        }

        return reader.ToAnswer();
    }

    /// <param name="batch">The next entries.</param>
    /// <param name="through">The number of the last entry that counts.</param>
    public void Apply(EntryBatch batch, long through = long.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(batch);
        foreach (var entry in batch)
        {
            if (entry.Number > through)
            {
                break;
            }

            switch (entry.Kind)
            {
                case EntryKind.RunSubmitted:
                    _submitted = entry.Payload;
                    break;
                case EntryKind.AttemptStarted:
                    ApplyStarted(EntryCodec.ReadAttemptStarted(entry.Payload));
                    break;
                case EntryKind.AttemptAttached:
                    ApplyAttached(EntryCodec.ReadAttemptAttached(entry.Payload));
                    break;
                case EntryKind.UpstreamEvent:
                    WireReader.Read(_wire, EntryCodec.ReadUpstreamEvent(entry.Payload, out _).Span, _reading, _carried);
                    _carried = _reading.Carried;
                    Take();
                    break;
                case EntryKind.AttemptResult:
                    ApplyResult(EntryCodec.ReadAttemptResult(entry.Payload));
                    break;
                case EntryKind.AttemptFailed:
                    _overlap = default;
                    break;
                case EntryKind.RunEnded:
                    ApplyEnded(EntryCodec.ReadRunEnded(entry.Payload));
                    break;
            }
        }
    }

    /// <summary>
    /// What is there so far. A complete answer is put right where the upstream was careless: see <see cref="LeakedToolCall"/>, and a call
    /// that came without arguments has none (<c>{}</c>). The events of the run stay as they were.
    /// </summary>
    public Answer ToAnswer()
    {
        var calls = _toolCalls.Select(call => new ToolCall(call.Key, call.Value.Id, call.Value.Name, ArgumentsOf(call.Value.Arguments)));
        var answer = new Answer
        {
            Text = _text.ToString(),
            Reasoning = _reasoning.Length == 0 ? null : _reasoning.ToString(),
            ToolCalls = [.. calls],
            Documents = [.. _documents],
        };
        return _isComplete && answer.ToolCalls.Count == 0 && LeakedToolCall.CanBe(answer.Text)
            && LeakedToolCall.TryRead(answer.Text, EntryCodec.ReadRunSubmitted(_submitted).Inputs.For(_model)) is { } leaked
                ? answer with { Text = "", ToolCalls = [leaked], ToolCallWasText = true }
                : answer;
    }

    private string ArgumentsOf(StringBuilder arguments) => _isComplete && arguments.Length == 0 ? "{}" : arguments.ToString();

    private void ApplyStarted(AttemptStarted entry)
    {
        _model = entry.Model;
        _overlap = Overlap.Of(entry);
        _carried = 0;
        if (entry is { Continuation: Continuation.None, Part: 0 })
        {
            Clear();
        }
    }

    private void ApplyAttached(AttemptAttached entry)
    {
        _wire = entry.Wire;
        _model = entry.Model ?? _model;
    }

    private void ApplyEnded(RunEnded end)
    {
        if (end.Status == RunStatus.Completed)
        {
            CloseOverlap();
        }

        _isComplete = end is { Status: RunStatus.Completed, Incomplete: false };
    }

    private void ApplyResult(AttemptResult result)
    {
        WireReader.ReadDocument(_wire, result.Body.Span, _reading);
        if (_reading.Error is not null)
        {
            return;
        }

        if (_reading.Deltas.IsEmpty && !(_reading.Malformed && result.IsJson))
        {
            _documents.Add(_wire == WireFormat.Document ? ResultDocument.Of(result) : new AnswerDocument(result.ContentType, result.Body));
        }

        Take();
    }

    private void Take()
    {
        if (_reading.Malformed)
        {
            return;
        }

        foreach (var delta in _reading.Deltas)
        {
            var escaped = _reading.EscapedText(delta);
            switch (delta.Kind)
            {
                case DeltaKind.Text when _overlap.IsOpen:
                    _overlap = _overlap.Take(JsonText.Unescape(escaped), _text);
                    break;
                case DeltaKind.Text:
                    JsonText.Unescape(escaped, _text);
                    break;
                case DeltaKind.Reasoning:
                    JsonText.Unescape(escaped, _reasoning);
                    break;
                default:
                    CloseOverlap();
                    var call = _toolCalls.TryGetValue(delta.Index, out var known) ? known : (null, null, new StringBuilder());
                    JsonText.Unescape(escaped, call.Arguments);
                    _toolCalls[delta.Index] = (delta.ToolId ?? call.Id, delta.ToolName ?? call.Name, call.Arguments);
                    break;
            }
        }
    }

    private void CloseOverlap()
    {
        _overlap.Close(_text);
        _overlap = default;
    }

    private void Clear()
    {
        _text.Clear();
        _reasoning.Clear();
        _toolCalls.Clear();
        _documents.Clear();
    }
}
