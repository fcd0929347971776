using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Truths;

/// <summary>What the classes of a reader stand for: one character, or several, a line.</summary>
internal sealed class CharacterList
{
    private readonly string _path;
    private readonly string[] _characters;

    private CharacterList(string path, string[] characters) => (_path, _characters) = (path, characters);

    /// <exception cref="QuantizationException">It cannot be read, or is empty.</exception>
    public static CharacterList Read(string path)
    {
        string[] characters = TruthFile.Lines(path, "file of characters");
        return characters.Length > 0
            ? new CharacterList(path, characters)
            : throw new QuantizationException($"The file of characters '{path}' is empty; one character a line was expected.");
    }

    /// <summary>The characters of so many classes, by class. Of the classes one is the blank, which stands for nothing; where one more is
    /// left it is the space, which files of characters often leave out.</summary>
    /// <exception cref="QuantizationException">There are more or fewer characters than that.</exception>
    public IReadOnlyList<string> Of(int classes, int blank)
    {
        string[] all = (classes - _characters.Length) switch
        {
            0 => _characters,
            1 => [.. _characters[..blank], "", .. _characters[blank..]],
            2 => blank == 0 ? ["", .. _characters, " "] : [.. _characters, " ", ""],
            _ => throw new QuantizationException(
                $"The file of characters '{_path}' has {_characters.Length} lines; the model has {classes} classes, one of them the blank "
                    + $"between characters. Give the list that the model was trained with."
            ),
        };
        return [.. all.Select((text, index) => index == blank ? "" : text)];
    }
}
