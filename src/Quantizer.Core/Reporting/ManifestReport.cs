namespace Quantizer.Reporting;

/// <summary>What it takes to make the same file again, and to know the machine that the times are of.</summary>
/// <param name="Arguments">The command line after the program's name, each argument as it was given; empty for the library.</param>
/// <param name="WorkingDirectory">The folder that relative paths begin in.</param>
/// <param name="Int8Sha256">Of the file written (of a comparison: the second file), in hexadecimal digits.</param>
/// <param name="Processor">As the system names it.</param>
/// <param name="Cores">That the process may use.</param>
/// <param name="System">Operating system and architecture.</param>
/// <param name="DotNet">The version of .NET.</param>
/// <param name="Started">When the run began, in UTC.</param>
public sealed record ManifestReport(
    IReadOnlyList<string> Arguments,
    string WorkingDirectory,
    string Int8Sha256,
    string Processor,
    int Cores,
    string System,
    string DotNet,
    DateTimeOffset Started
);
