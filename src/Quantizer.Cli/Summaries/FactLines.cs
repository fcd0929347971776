using Quantizer.Cli.Layout;
using Quantizer.Cli.Terminals;

namespace Quantizer.Cli.Summaries;

/// <summary>Facts with their names in a column of their own, wrapped beside it.</summary>
internal static class FactLines
{
    private const int NameColumn = 18;

    public static void Write(string name, string fact, Terminal terminal) =>
        WordWrap.WriteHanging(terminal.Out, $"  {name}".PadRight(NameColumn), fact, terminal.Width);
}
