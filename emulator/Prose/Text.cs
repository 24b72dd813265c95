using System.Text;

namespace Orchestrator.Emulator.Prose;

/// <summary>
/// A text that follows from its key alone, cut into pieces of as many words each. Any piece can be written without those
/// before it, so that nothing is stored. Where it is cut does not change the text, only how much of it one piece holds.
/// </summary>
internal sealed class Text
{
    private static readonly byte[] Filler = "abcdefghijklmnopqrstuvwxyz0123456789"u8.ToArray();

    private readonly ulong _key;
    private readonly int _firstPiece;
    private readonly byte[] _firstRest;
    private readonly string[]? _told;

    /// <param name="key">What the words follow from.</param>
    /// <param name="pieces">How many pieces it has.</param>
    /// <param name="wordsPerPiece">Words in each.</param>
    /// <param name="bigBytes">Bytes of filler at the end of the middle piece, 0 for none.</param>
    public Text(ulong key, int pieces, int wordsPerPiece = 1, int bigBytes = 0)
        : this(key, pieces, wordsPerPiece, bigBytes, 0, [])
    {
    }

    private Text(ulong key, int pieces, int wordsPerPiece, int bigBytes, int firstPiece, byte[] firstRest)
    {
        _key = key;
        WholePieces = pieces;
        WordsPerPiece = wordsPerPiece;
        BigBytes = bigBytes;
        _firstPiece = firstPiece;
        _firstRest = firstRest;
    }

    private Text(string[] told)
        : this(0, told.Length) => _told = told;

    /// <summary>A text that is given, in pieces of so many characters.</summary>
    public static Text Of(string text, int charsPerPiece)
    {
        List<string> pieces = [];
        for (var at = 0; at < text.Length;)
        {
            var length = Math.Min(charsPerPiece, text.Length - at);

            // Halves of a character stay together.
            length += at + length < text.Length && char.IsHighSurrogate(text[at + length - 1]) ? 1 : 0;
            pieces.Add(text.Substring(at, length));
            at += length;
        }

        return new([.. pieces]);
    }

    /// <summary>Pieces from where it begins (it begins later when it continues another one).</summary>
    public int Pieces => WholePieces - _firstPiece;

    public int Words => Pieces * WordsPerPiece;

    private int WholePieces { get; }

    private int WordsPerPiece { get; }

    private int BigBytes { get; }

    /// <summary>Writes a piece as the inside of a JSON string.</summary>
    public void WriteEscaped(int piece, ByteSlab to)
    {
        if (_told is not null)
        {
            to.Write(JsonText.Escape(_told[piece]));
            return;
        }

        if (piece == 0 && _firstRest.Length > 0)
        {
            to.Write(JsonText.Escape(Encoding.UTF8.GetString(_firstRest)));
            return;
        }

        var position = (long)(_firstPiece + piece) * WordsPerPiece;
        for (var last = position + WordsPerPiece; position < last; position++)
        {
            if (position > 0)
            {
                to.Write((byte)' ');
            }

            to.Write(Vocabulary.EscapedWord(Mix.At(_key, position)));
        }

        WriteFiller(_firstPiece + piece, to);
    }

    /// <summary>What comes after the prefix; null when the text does not begin with it.</summary>
    public Text? After(string prefix)
    {
        ReadOnlySpan<byte> left = Encoding.UTF8.GetBytes(prefix);
        using ByteSlab piece = new();
        var index = 0;
        while (left.Length > 0)
        {
            if (index == WholePieces)
            {
                return null;
            }

            piece.Truncate(0);
            WriteRaw(index, piece);
            var common = Math.Min(piece.Length, left.Length);
            if (!piece.Span[..common].SequenceEqual(left[..common]))
            {
                return null;
            }

            left = left[common..];
            if (common < piece.Length)
            {
                return new(_key, WholePieces, WordsPerPiece, BigBytes, index, piece.Span[common..].ToArray());
            }

            index++;
        }

        return new(_key, WholePieces, WordsPerPiece, BigBytes, index, []);
    }

    private void WriteRaw(int piece, ByteSlab to)
    {
        var position = (long)piece * WordsPerPiece;
        for (var last = position + WordsPerPiece; position < last; position++)
        {
            if (position > 0)
            {
                to.Write((byte)' ');
            }

            to.Write(Vocabulary.RawWord(Mix.At(_key, position)));
        }

        WriteFiller(piece, to);
    }

    private void WriteFiller(int piece, ByteSlab to)
    {
        if (BigBytes > 0 && piece == WholePieces / 2)
        {
            to.Fill(Filler, BigBytes);
        }
    }
}
