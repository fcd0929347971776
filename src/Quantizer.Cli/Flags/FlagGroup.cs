using System.CommandLine;

namespace Quantizer.Cli.Flags;

/// <summary>Options that belong together, under one heading of the help page.</summary>
internal sealed record FlagGroup(string Title, IReadOnlyList<Option> Options);
