using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Scenarios.Tests.Telemetry;

/// <summary>One field of a protobuf message: as much of the wire format as OTLP needs. Source: the protobuf encoding guide.</summary>
internal readonly record struct ProtoField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public string Hex => Convert.ToHexStringLower(Bytes.Span);

    public double Double => BitConverter.UInt64BitsToDouble(Value);

    public static IEnumerable<ProtoField> Read(ReadOnlyMemory<byte> message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message.Span, ref at);
            var number = (int)(tag >> 3);
            switch (tag & 7)
            {
                case 0:
                    yield return new ProtoField(number, Varint(message.Span, ref at), default);
                    break;
                case 1:
                    yield return new ProtoField(number, BinaryPrimitives.ReadUInt64LittleEndian(message.Span[at..]), default);
                    at += 8;
                    break;
                case 2:
                    var length = (int)Varint(message.Span, ref at);
                    yield return new ProtoField(number, 0, message.Slice(at, length));
                    at += length;
                    break;
                case 5:
                    yield return new ProtoField(number, BinaryPrimitives.ReadUInt32LittleEndian(message.Span[at..]), default);
                    at += 4;
                    break;
                default:
                    throw new InvalidDataException($"Wire type {tag & 7}.");
            }
        }
    }

    /// <summary>The messages at the end of a path of field numbers.</summary>
    public static IEnumerable<ReadOnlyMemory<byte>> At(ReadOnlyMemory<byte> message, params int[] path) =>
        path.Aggregate<int, IEnumerable<ReadOnlyMemory<byte>>>(
            [message],
            static (messages, number) => messages.SelectMany(one => Read(one).Where(field => field.Number == number).Select(static field => field.Bytes)));

    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var b = bytes[at++];
            value |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80)
            {
                return value;
            }
        }
    }
}
