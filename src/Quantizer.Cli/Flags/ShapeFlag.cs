using System.CommandLine;
using System.CommandLine.Parsing;

namespace Quantizer.Cli.Flags;

/// <summary>Shapes of inputs whose sizes a model leaves open.</summary>
internal sealed class ShapeFlag
{
    public ShapeFlag(string description)
    {
        Option = Flag.Repeated("--shape", "NAME=A,B,C", description);
        Option.Validators.Add(result =>
        {
            foreach (Token token in result.Tokens.Where(token => ShapeOf(token.Value) is null))
            {
                result.AddError(
                    $"Option '--shape' got '{token.Value}'; expected NAME=A,B,C, such as image=1,3,224,224, of up to {NumberText.MostValues} values."
                );
            }
        });
    }

    public Option<string[]> Option { get; }

    /// <summary>By input; of several for one the last.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<long>> Read(ParseResult parse) =>
        (parse.GetValue(Option) ?? [])
            .Select(text => ShapeOf(text)!.Value)
            .GroupBy(shape => shape.Input)
            .ToDictionary(group => group.Key, group => group.Last().Sizes);

    /// <summary>The last sign parts them: sizes hold none, names may.</summary>
    private static (string Input, IReadOnlyList<long> Sizes)? ShapeOf(string text) =>
        text.LastIndexOf('=') is > 0 and int at && NumberText.TryShape(text[(at + 1)..], out IReadOnlyList<long> sizes)
            ? (text[..at], sizes)
            : null;
}
