namespace Quantizer.Reporting.Page;

/// <summary>A command line that a shell reads as the same arguments.</summary>
internal static class CommandLine
{
    private const string Plain = "-_./:=,+@%";

    public static string Of(IEnumerable<string> arguments) => string.Join(" ", arguments.Select(Quoted));

    /// <summary>In single quotes everything but a single quote stands for itself.</summary>
    private static string Quoted(string argument) =>
        argument.Length > 0 && argument.All(letter => char.IsAsciiLetterOrDigit(letter) || Plain.Contains(letter))
            ? argument
            : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
