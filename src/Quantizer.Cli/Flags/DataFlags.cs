using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Cli.Flags;

/// <summary>What is said of a model's inputs beside where their data lie.</summary>
internal sealed class DataFlags
{
    // The words of files without a header are NumPy's.
    private static readonly (string Word, ElementType Type)[] RawTypes =
    [
        ("float32", ElementType.Float),
        ("float64", ElementType.Double),
        ("float16", ElementType.Float16),
        ("int8", ElementType.Int8),
        ("uint8", ElementType.UInt8),
        ("int16", ElementType.Int16),
        ("uint16", ElementType.UInt16),
        ("int32", ElementType.Int32),
        ("uint32", ElementType.UInt32),
        ("int64", ElementType.Int64),
        ("uint64", ElementType.UInt64),
        ("bool", ElementType.Bool),
    ];

    private readonly Option<string[]> _constants = Flag.Repeated(
        "--input",
        "NAME=VALUE",
        "An input that is the same for every sample: a number that fills it, or all of its numbers separated by commas. May be given several times."
    );

    private readonly Option<string[]> _feedback = Flag.Repeated(
        "--feedback",
        "OUTPUT=INPUT",
        "State: what OUTPUT gives for one sample is INPUT of the next, and zeros are the first. Samples are then taken in order. May be given several times."
    );

    private readonly Option<string?> _mask = Flag.Text(
        "--mask",
        "INPUT",
        "The input that switches padding off, so that it counts neither in ranges nor in figures. Found by its name where it is called a mask."
    );

    private readonly Option<string?> _tokenizer = Flag.Text(
        "--tokenizer",
        "FILE",
        "Turns text into numbers: the model's vocab.txt or tokenizer.json."
    );

    private readonly Option<int?> _frame = Flag.Whole(
        "--frame",
        1,
        "Cut recordings into samples of N values (default: the length of the model's input)."
    );

    private readonly Option<int?> _hop = Flag.Whole("--hop", 1, "Begin one every N values (default: as --frame).");

    private readonly Option<string?> _rawType = Flag.Choice(
        "--raw-type",
        "TYPE",
        [.. RawTypes.Select(type => type.Word)],
        $"The values of files without a header, little-endian: {Flag.Or([.. RawTypes.Select(type => type.Word)])}."
    );

    private readonly Option<IReadOnlyList<long>?> _rawShape = Flag.Create<IReadOnlyList<long>?>(
        "--raw-shape",
        "A,B,C",
        "The shape of one sample in files without a header.",
        $"whole numbers from 1 separated by commas, such as 1,40,101, of up to {NumberText.MostValues} values",
        static text => (NumberText.TryShape(text, out IReadOnlyList<long> sizes), sizes)
    );

    public DataFlags()
    {
        _constants.Validators.Add(result =>
            Check(result, "--input", "NAME=VALUE with numbers, such as sr=16000 (strings cannot be fed)", IsConstant)
        );
        _feedback.Validators.Add(result =>
            Check(result, "--feedback", "OUTPUT=INPUT, such as hn=h0", text => text.IndexOf('=') is > 0 and int at && at < text.Length - 1)
        );
    }

    public FlagGroup Group => new("Inputs", [_constants, _feedback, _mask, _tokenizer, _frame, _hop, _rawType, _rawShape]);

    /// <summary>Data paths, as often as wanted.</summary>
    public static Option<string[]> Paths(string name, string description)
    {
        Option<string[]> option = Flag.Repeated(name, "DATA", description);
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
                result.AddError($"Option '{name}' got ''; expected DATA.");
        });
        return option;
    }

    public InputOptions Read(ParseResult parse) =>
        new()
        {
            Constants = (parse.GetValue(_constants) ?? [])
                .Select(Constant)
                .GroupBy(pair => pair.Key)
                .ToDictionary(group => group.Key, group => group.Last().Value),
            Feedback = (parse.GetValue(_feedback) ?? [])
                .Select(text => (Output: text[..text.IndexOf('=')], Input: text[(text.IndexOf('=') + 1)..]))
                .GroupBy(pair => pair.Input)
                .ToDictionary(group => group.Key, group => group.Last().Output),
            Mask = parse.GetValue(_mask),
            TokenizerPath = parse.GetValue(_tokenizer),
            Frame = parse.GetValue(_frame),
            Hop = parse.GetValue(_hop),
            RawType = parse.GetValue(_rawType) is { } word ? RawTypes.First(type => type.Word == word).Type : null,
            RawShape = parse.GetValue(_rawShape),
        };

    private static void Check(OptionResult result, string name, string expected, Func<string, bool> isValid)
    {
        foreach (Token token in result.Tokens)
        {
            if (!isValid(token.Value))
                result.AddError($"Option '{name}' got '{token.Value}'; expected {expected}.");
        }
    }

    private static bool IsConstant(string text) => text.LastIndexOf('=') > 0 && Values(text) is not null;

    /// <summary>The last sign parts them: values hold none, names may.</summary>
    private static KeyValuePair<string, IReadOnlyList<double>> Constant(string text) => new(text[..text.LastIndexOf('=')], Values(text)!);

    private static double[]? Values(string text)
    {
        string[] words = text[(text.LastIndexOf('=') + 1)..].Split(',');
        double[] values = new double[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i].Trim();
            if (bool.TryParse(word, out bool truth))
                values[i] = truth ? 1 : 0;
            else if (!double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                return null;
        }
        return values;
    }
}
