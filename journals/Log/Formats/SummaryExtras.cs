using System.Globalization;
using Orchestrator.Engine.Journal;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Journals.Formats;

/// <summary>
/// The part of a summary that grows: to its end, pairs of a tag (varint, never used for anything else) and a value (varint length, then a
/// varint, UTF-8 text, or fields of its own). What is not known is left out by who writes, and passed over by who reads.
/// </summary>
internal static class SummaryExtras
{
    private const int Seq = 1;
    private const int FirstEventAt = 2;
    private const int Events = 3;
    private const int Attempts = 4;
    private const int Reattaches = 5;
    private const int Fallbacks = 6;
    private const int Leg = 7;
    private const int Cost = 8;
    private const int TraceId = 9;
    private const int Host = 10;

    public static void Write(FieldWriter writer, RunSummary summary)
    {
        Write(writer, Seq, summary.Seq);
        Write(writer, FirstEventAt, summary.FirstEventAt);
        Write(writer, Events, summary.Events);
        Write(writer, Attempts, summary.Attempts);
        Write(writer, Reattaches, summary.Reattaches);
        Write(writer, Fallbacks, summary.Fallbacks);
        Write(writer, Leg, summary.Leg);
        if (summary.Cost is { } cost)
        {
            var fields = new FieldWriter();
            fields.WriteText(cost.Amount.ToString(CultureInfo.InvariantCulture));
            fields.WriteText(cost.Wasted.ToString(CultureInfo.InvariantCulture));
            fields.WriteNumber(cost.AsOf.DayNumber);
            fields.WriteByte(cost.Complete ? (byte)1 : (byte)0);
            writer.WriteNumber(Cost);
            writer.WriteBytes(fields.ToArray());
        }

        if (summary.TraceId is { } trace)
        {
            writer.WriteNumber(TraceId);
            writer.WriteText(trace);
        }

        Write(writer, Host, summary.Host);
    }

    public static RunSummary Read(ref FieldReader reader, RunSummary summary)
    {
        long? seq = null, firstEventAt = null, events = null, attempts = null, reattaches = null, fallbacks = null, leg = null, host = null;
        RunCost? cost = null;
        string? trace = null;
        while (!reader.IsAtEnd)
        {
            var tag = reader.ReadNumber();
            var value = new FieldReader(reader.ReadBytes());
            switch (tag)
            {
                case Seq: seq = value.ReadNumber(); break;
                case FirstEventAt: firstEventAt = value.ReadNumber(); break;
                case Events: events = value.ReadNumber(); break;
                case Attempts: attempts = value.ReadNumber(); break;
                case Reattaches: reattaches = value.ReadNumber(); break;
                case Fallbacks: fallbacks = value.ReadNumber(); break;
                case Leg: leg = value.ReadNumber(); break;
                case Cost: cost = ReadCost(ref value); break;
                case TraceId: trace = value.ReadRest(); break;
                case Host: host = value.ReadNumber(); break;
            }
        }

        return summary with
        {
            Seq = seq,
            FirstEventAt = firstEventAt,
            Events = events,
            Attempts = (int?)attempts,
            Reattaches = (int?)reattaches,
            Fallbacks = (int?)fallbacks,
            Leg = (int?)leg,
            Cost = cost,
            TraceId = trace,
            Host = host,
        };
    }

    private static void Write(FieldWriter writer, int tag, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(tag);
            writer.WriteSized(number);
        }
    }

    private static RunCost ReadCost(ref FieldReader value) => new()
    {
        Amount = decimal.Parse(value.ReadText(), CultureInfo.InvariantCulture),
        Wasted = decimal.Parse(value.ReadText(), CultureInfo.InvariantCulture),
        AsOf = DateOnly.FromDayNumber(checked((int)value.ReadNumber())),
        Complete = value.ReadByte() != 0,
    };
}
