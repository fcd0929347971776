using System.CommandLine;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Reporting;

namespace Quantizer.Cli.Configurations;

/// <summary>The command line that repeats the run of a report.</summary>
internal static class ReportedOptions
{
    /// <summary>An older name of --no-floor, and what it was said with.</summary>
    private const string OldFloor = "floor",
        OldNoFloor = "not-kept";

    /// <param name="command">What is run again.</param>
    /// <exception cref="QuantizationException">The report has an option that the command does not know.</exception>
    public static IReadOnlyList<string> Arguments(QuantizationReport report, Command command)
    {
        IReadOnlyList<ConfigurationField> fields = ConfigurationFile.FieldsOf(command);
        string folder = report.Manifest?.WorkingDirectory ?? "";
        List<string> arguments = [];
        foreach ((string name, string value) in report.Options.Where(option => option.Value.Length > 0))
        {
            if (name == OldFloor)
            {
                if (value == OldNoFloor)
                    arguments.Add("--no-floor");
                continue;
            }
            ConfigurationField field =
                fields.FirstOrDefault(field => field.Name == name)
                ?? throw new QuantizationException(
                    $"The report has the option '{name}', which this version does not know. Use quantize {report.Tool.Version}, which wrote it."
                );
            arguments.AddRange(TextsOf(field, value).Select(text => field.Argument(field.In(folder, text))));
        }
        // Older reports have the preparation of pictures only as the flags that fix it.
        if (
            report.Preprocessing is { Flags: var flags, ChosenBy: not ChoiceGround.PreprocessorConfig }
            && !report.Options.ContainsKey("channels")
        )
        {
            arguments.AddRange(flags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        }

        ConfigurationField model = ConfigurationField.Of(command.Arguments[0]);
        return [.. arguments, model.Argument(model.In(folder, report.Model.Path))];
    }

    private static IEnumerable<string> TextsOf(ConfigurationField field, string value) =>
        field.Kind switch
        {
            FieldKind.Switch => value == "true" ? [""] : [],
            FieldKind.Texts => OptionWords.Split(value),
            _ => [value],
        };
}
