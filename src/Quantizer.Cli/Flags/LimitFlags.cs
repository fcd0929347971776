using System.CommandLine;
using Quantizer.Limits;

namespace Quantizer.Cli.Flags;

/// <summary>What the result must keep.</summary>
internal sealed class LimitFlags
{
    // In the order in which a longer unit is not taken for a shorter one.
    private static readonly (string Unit, double Bytes)[] ByteUnits =
    [
        ("GiB", 1L << 30),
        ("MiB", 1L << 20),
        ("KiB", 1L << 10),
        ("GB", 1e9),
        ("MB", 1e6),
        ("KB", 1e3),
        ("B", 1),
    ];

    private readonly Option<double?> _maxDrop = Number(
        "--max-drop",
        "POINTS",
        "What the task's figure against the right answers may lose, FP32 minus INT8: points of 100 for shares (0.01 of an F1 is a point), dB or "
            + "bits for others. Needs right answers; without them it is refused.",
        "a number from 0, such as 0.5",
        value => value >= 0
    );

    private readonly Option<double?> _minAgreement = Number(
        "--min-agreement",
        "PERCENT",
        "How many answers both models must share, of tasks judged by such a share (classes, tokens, positions, pixels, text, decisions); "
            + "refused for others.",
        "a number from 0 to 100, such as 99",
        value => value is >= 0 and <= 100
    );

    private readonly Option<double?> _minFigure = Number(
        "--min-figure",
        "X",
        "The least headline between both models in its own unit, as its floor is told: an F1 or a cosine from 0 to 1, dB, or percent.",
        "a number, such as 0.95"
    );

    private readonly Option<double?> _minSqnr = Number(
        "--min-sqnr",
        "DB",
        "The least signal over error, dB, of the median sample at every output, and every part of one.",
        "a number, such as 25"
    );

    private readonly Option<double?> _minSpeedup = Number(
        "--min-speedup",
        "X",
        "The least speed-up. Missed only where it and its spread together are less.",
        "a number above 0, such as 1.5",
        value => value > 0
    );

    private readonly Option<SizeLimit?> _maxSize = Flag.Create<SizeLimit?>(
        "--max-size",
        "SIZE",
        "The most that the INT8 file may have: bytes (400000, 1.5MiB), or a share of the FP32 file (30%).",
        "bytes such as 400000 or 1.5MiB, or a share of the FP32 file such as 30%",
        static text => (TrySize(text, out SizeLimit size), size)
    );

    public FlagGroup Group => new("Limits (missed: exit code 3)", [_maxDrop, _minAgreement, _minFigure, _minSqnr, _minSpeedup, _maxSize]);

    public LimitOptions Read(ParseResult parse) =>
        new()
        {
            MaxDrop = parse.GetValue(_maxDrop),
            MinAgreement = parse.GetValue(_minAgreement),
            MinFigure = parse.GetValue(_minFigure),
            MinSqnr = parse.GetValue(_minSqnr),
            MinSpeedup = parse.GetValue(_minSpeedup),
            MaxBytes = parse.GetValue(_maxSize)?.Bytes,
            MaxShare = parse.GetValue(_maxSize)?.Share,
        };

    private static Option<double?> Number(
        string name,
        string hint,
        string description,
        string expected,
        Func<double, bool>? isSensible = null
    ) =>
        Flag.Create<double?>(
            name,
            hint,
            description,
            expected,
            text => (NumberText.TryNumber(text, out double value) && isSensible?.Invoke(value) != false, value)
        );

    private static bool TrySize(string text, out SizeLimit size)
    {
        size = new SizeLimit(null, null);
        if (text.EndsWith('%') && NumberText.TryNumber(text[..^1], out double percent) && percent > 0)
        {
            size = new SizeLimit(null, percent / 100);
            return true;
        }
        (string unit, double bytes) = ByteUnits.FirstOrDefault(
            unit => text.EndsWith(unit.Unit, StringComparison.OrdinalIgnoreCase),
            ("", 1)
        );
        string number = text[..^unit.Length].TrimEnd();
        // A fraction of a byte is a share whose sign was forgotten.
        if (!NumberText.TryNumber(number, out double value) || value * bytes < 1 || value * bytes > long.MaxValue / 2)
            return false;
        if (bytes == 1 && value != Math.Floor(value))
            return false;
        size = new SizeLimit((long)(value * bytes), null);
        return true;
    }

    private readonly record struct SizeLimit(long? Bytes, double? Share);
}
