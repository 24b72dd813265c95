using Orchestrator.Engine.Entries;

namespace Orchestrator.Api.Journal;

/// <summary>A part of a run's journal.</summary>
internal sealed class JournalPage(JournalQuery query)
{
    private readonly List<JournalLine> _lines = [];

    public IReadOnlyList<JournalLine> Lines => _lines;

    /// <summary>The number of the entry that the next page begins with; null on the last one.</summary>
    public long? Next { get; private set; }

    /// <summary>Entries of the run that fit, on this page or not.</summary>
    public long Total { get; private set; }

    /// <summary>The batches of the run, in order, from its first entry on.</summary>
    public void Add(EntryBatch batch)
    {
        foreach (var entry in batch)
        {
            if (query.Text is null)
            {
                Total++;
                if (IsOnPage(entry.Number))
                {
                    _lines.Add(JournalLine.Of(entry));
                }

                continue;
            }

            var line = JournalLine.Of(entry);
            if (line.Has(query.Text))
            {
                Total++;
                if (IsOnPage(entry.Number))
                {
                    _lines.Add(line);
                }
            }
        }
    }

    private bool IsOnPage(long number)
    {
        if (number < query.From)
        {
            return false;
        }

        if (_lines.Count < query.Limit)
        {
            return true;
        }

        Next ??= number;
        return false;
    }
}
