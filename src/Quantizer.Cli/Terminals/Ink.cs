namespace Quantizer.Cli.Terminals;

/// <summary>Colours by ANSI escape codes, or none. Measure and pad a text before colouring it.</summary>
internal sealed class Ink
{
    private readonly bool _colored;

    private Ink(bool colored) => _colored = colored;

    public static Ink None { get; } = new(false);

    public static Ink Ansi { get; } = new(true);

    public string Bold(string text) => Paint("1", text);

    public string Red(string text) => Paint("31", text);

    public string Green(string text) => Paint("32", text);

    public string Yellow(string text) => Paint("33", text);

    public string Cyan(string text) => Paint("36", text);

    private string Paint(string code, string text) => _colored && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
