using System.Globalization;

namespace Quantizer.Samples.Formats;

/// <summary>
/// The text of an .npy header: a Python dictionary literal of exactly three entries, such as
/// <c>{'descr': '&lt;f4', 'fortran_order': False, 'shape': (3, 4), }</c>.
/// </summary>
internal sealed record NpyHeaderText(string Type, bool IsFortranOrder, IReadOnlyList<long> Shape)
{
    /// <exception cref="QuantizationException">The text is no such literal.</exception>
    public static NpyHeaderText Parse(string text, string array) => new Reader(text, array).Read();

    private sealed class Reader(string text, string array)
    {
        private int _at;

        public NpyHeaderText Read()
        {
            string? type = null;
            bool? isFortranOrder = null;
            List<long>? shape = null;
            Expect('{');
            while (!TryTake('}'))
            {
                string key = Quoted();
                Expect(':');
                switch (key)
                {
                    case "descr":
                        type = TypeString();
                        break;
                    case "fortran_order":
                        isFortranOrder = Truth();
                        break;
                    case "shape":
                        shape = Tuple();
                        break;
                    default:
                        throw Malformed($"an entry '{key}'");
                }
                if (!TryTake(',') && Peek() != '}')
                    throw Malformed("no comma between entries");
            }
            return new NpyHeaderText(
                type ?? throw Malformed("no 'descr'"),
                isFortranOrder ?? throw Malformed("no 'fortran_order'"),
                shape ?? throw Malformed("no 'shape'")
            );
        }

        private string TypeString()
        {
            if (Peek() != '[')
                return Quoted();
            throw new QuantizationException(
                $"{array}: a structured array (several fields per element). Save each field as an array of its own."
            );
        }

        private bool Truth()
        {
            if (TryTakeWord("True"))
                return true;
            return TryTakeWord("False") ? false : throw Malformed("a 'fortran_order' that is neither True nor False");
        }

        private List<long> Tuple()
        {
            List<long> sizes = [];
            Expect('(');
            while (!TryTake(')'))
            {
                sizes.Add(Size());
                if (!TryTake(',') && Peek() != ')')
                    throw Malformed("no comma between sizes");
            }
            return sizes;
        }

        private long Size()
        {
            Peek();
            int start = _at;
            while (_at < text.Length && char.IsAsciiDigit(text[_at]))
                _at++;
            if (!long.TryParse(text.AsSpan(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out long size))
                throw Malformed("a size that is no whole number");
            // Python 2 wrote long integers with a suffix.
            if (_at < text.Length && text[_at] == 'L')
                _at++;
            return size;
        }

        private string Quoted()
        {
            char quote = Peek();
            if (quote is not ('\'' or '"'))
                throw Malformed("no quoted word where one is due");
            int end = text.IndexOf(quote, _at + 1);
            if (end < 0)
                throw Malformed("a quote that is not closed");
            string word = text[(_at + 1)..end];
            _at = end + 1;
            return word;
        }

        private char Peek()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                _at++;
            return _at < text.Length ? text[_at] : '\0';
        }

        private bool TryTake(char sign)
        {
            if (Peek() != sign)
                return false;
            _at++;
            return true;
        }

        private bool TryTakeWord(string word)
        {
            Peek();
            if (!text.AsSpan(_at).StartsWith(word, StringComparison.Ordinal))
                return false;
            _at += word.Length;
            return true;
        }

        private void Expect(char sign)
        {
            if (!TryTake(sign))
                throw Malformed($"no '{sign}' where one is due");
        }

        private QuantizationException Malformed(string found) =>
            new(
                $"{array}: its .npy header has {found}; expected {{'descr': ..., 'fortran_order': ..., 'shape': ...}}. The file is damaged."
            );
    }
}
