namespace Quantizer.Equalization.Channels;

/// <summary>A scale for each variable, in steps of an eighth of an octave, so that the last digits of sums do not show.</summary>
internal sealed class ChannelScales
{
    /// <summary>Further apart, channels that calibration saw little of would be lifted out of any range.</summary>
    public const int MostOctaves = 8;

    private const int StepsPerOctave = 8;

    /// <summary>2^(i/8): constants, since powers differ in their last digit from machine to machine.</summary>
    private static readonly double[] Eighths =
    [
        1.0,
        1.0905077326652577,
        1.1892071150027210,
        1.2968395546510096,
        1.4142135623730951,
        1.5422108254079408,
        1.6817928305074290,
        1.8340080864093424,
    ];

    private readonly ChannelVariables _variables;
    private readonly int[] _steps;

    private ChannelScales(ChannelVariables variables, int[] steps) => (_variables, _steps) = (variables, steps);

    /// <summary>True where some scale is not one.</summary>
    public bool AreAny => _steps.Any(step => step != 0);

    /// <param name="logarithms">To base two, by the variables that stand for others; what is locked counts as zero.</param>
    public static ChannelScales Of(ChannelVariables variables, IReadOnlyList<double> logarithms) =>
        new(variables, [.. logarithms.Select((log, variable) => variables.IsLocked(variable) ? 0 : Step(log))]);

    public double this[int variable]
    {
        get
        {
            int step = _steps[_variables.Root(variable)];
            int octave = (int)Math.Floor((double)step / StepsPerOctave);
            return Math.ScaleB(Eighths[step - octave * StepsPerOctave], octave);
        }
    }

    private static int Step(double log) =>
        (int)Math.Round(Math.Clamp(log, -MostOctaves, MostOctaves) * StepsPerOctave, MidpointRounding.ToEven);
}
