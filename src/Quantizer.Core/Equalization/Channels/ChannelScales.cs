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

    private readonly double[] _scales;

    private ChannelScales(double[] scales) => _scales = scales;

    /// <param name="logarithms">To base two, by the variables that stand for others; what is locked counts as zero.</param>
    public static ChannelScales Of(ChannelVariables variables, IReadOnlyList<double> logarithms)
    {
        int[] steps = [.. logarithms.Select((log, variable) => variables.IsLocked(variable) ? 0 : Step(log))];
        return new ChannelScales([.. Enumerable.Range(0, steps.Length).Select(variable => Scale(steps[variables.Root(variable)]))]);
    }

    public double this[int variable] => _scales[variable];

    private static double Scale(int step)
    {
        int octave = (int)Math.Floor((double)step / StepsPerOctave);
        return Math.ScaleB(Eighths[step - octave * StepsPerOctave], octave);
    }

    private static int Step(double log) =>
        (int)Math.Round(Math.Clamp(log, -MostOctaves, MostOctaves) * StepsPerOctave, MidpointRounding.ToEven);
}
