using System.Text;

namespace Quantizer.Cli.Tests.Progress;

/// <summary>What a terminal shows in the end: a carriage return starts the line anew, over what stood there.</summary>
internal static class Screen
{
    public static string Show(string written)
    {
        StringBuilder shown = new();
        foreach (string line in written.Split('\n'))
        {
            StringBuilder visible = new();
            int column = 0;
            foreach (char letter in line)
            {
                if (letter == '\r')
                {
                    column = 0;
                    continue;
                }
                if (column == visible.Length)
                    visible.Append(letter);
                else
                    visible[column] = letter;
                column++;
            }
            shown.Append(visible.ToString().TrimEnd()).Append('\n');
        }
        return shown.ToString(0, shown.Length - 1);
    }
}
