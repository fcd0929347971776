using System.CommandLine;
using System.Globalization;
using Quantizer.Comparison.Tasks;

namespace Quantizer.Cli.Flags;

/// <summary>What the models are judged by.</summary>
internal sealed class TaskFlags
{
    private readonly Option<TaskKind?> _task = Flag.Choice(
        "--task",
        "WORD",
        TaskTable.Words,
        $"What the network does, where its outputs do not tell: {TaskTable.Words.Explain()}"
    );

    private readonly Option<string?> _boxes = Flag.Text(
        "--boxes",
        "FILE",
        "The right boxes of a detector: JSON lines {\"file\", \"box\": [x1, y1, x2, y2], \"label\"}, in the coordinates that the model "
            + "gives."
    );

    private readonly Option<string?> _masks = Flag.Text(
        "--masks",
        "FOLDER",
        "The right classes of pixels: PNG pictures named like the data; a pixel's value is its class; of several masks "
            + "its mask, counted from 1."
    );

    private readonly Option<string?> _targets = Flag.Text(
        "--targets",
        "FOLDER",
        "The true pictures of a network that makes pictures, named like the data, of the size that it makes."
    );

    private readonly Option<string?> _characters = Flag.Text(
        "--characters",
        "FILE",
        "What the classes of a reader stand for, one character a line. With --labels lines 'relative/path TAB text' its characters are "
            + "judged."
    );

    private readonly Option<double?> _confidence = Flag.Create<double?>(
        "--conf",
        "X",
        "Objects and mask pixels count above it (default: what is customary for the network, mostly 0.3).",
        "a number from 0 to less than 1, such as 0.3",
        static text =>
            (
                double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value)
                    && value is >= 0 and < 1,
                value
            )
    );

    public FlagGroup Group =>
        new("What it is judged by (found out when not given)", [_task, _boxes, _masks, _targets, _characters, _confidence]);

    public TaskOptions Read(ParseResult parse) =>
        new()
        {
            Task = parse.GetValue(_task),
            BoxesPath = parse.GetValue(_boxes),
            MasksPath = parse.GetValue(_masks),
            TargetsPath = parse.GetValue(_targets),
            CharactersPath = parse.GetValue(_characters),
            Confidence = parse.GetValue(_confidence),
        };
}
