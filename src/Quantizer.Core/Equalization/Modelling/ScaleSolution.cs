using Quantizer.Equalization.Channels;

namespace Quantizer.Equalization.Modelling;

/// <summary>Proposes scales by the model of the error.</summary>
internal static class ScaleSolution
{
    /// <summary>A multiplication whose scales lie within an eighth of an octave is worth none.</summary>
    private const double NoticeableOctaves = 0.125;

    /// <summary>More steps gain less than 0.05 dB.</summary>
    private const int Steps = 120;

    /// <summary>Enough to tell whether there is anything to gain.</summary>
    private const int FirstSteps = 40;

    /// <summary>How much of the way to a full range each channel is lifted where the descent may begin.</summary>
    private static readonly double[] Lifts = [0, 0.5, 1];

    /// <summary>The scales of least modelled error; and, where some of them cost multiplications, the best without those.</summary>
    /// <param name="costly">Variables of scales that cost a multiplication.</param>
    public static IReadOnlyList<ScaleCandidate> Of(ErrorModel model, IReadOnlySet<int> costly, CancellationToken cancellation)
    {
        double[] best = ScaleDescent.Minimize(model, Start(model), Steps, cancellation);
        if (!costly.Any(variable => Math.Abs(best[variable]) > NoticeableOctaves * Math.Log(2)))
            return [Candidate(model, best, costsNodes: false)];
        double[] free = [.. best.Select((log, variable) => costly.Contains(variable) ? 0 : log)];
        return [Candidate(model, best, costsNodes: true), Candidate(model, free, costsNodes: false)];
    }

    /// <summary>What scales that were fitted to some samples gain on others, as far as the model of the error tells.</summary>
    /// <param name="fitted">By the samples to fit to.</param>
    /// <param name="other">By the others.</param>
    public static double FirstGainDb(ErrorModel fitted, ErrorModel other, CancellationToken cancellation) =>
        other.GainDb(ScaleDescent.Minimize(fitted, Start(fitted), FirstSteps, cancellation));

    private static double[] Start(ErrorModel model)
    {
        double[] shares = Shares(model);
        return Lifts
            .Select(lift => (double[])[.. shares.Select(share => lift == 0 ? 0 : -lift * Math.Log(share))])
            .MinBy(logarithms => model.Value(logarithms, []))!;
    }

    private static ScaleCandidate Candidate(ErrorModel model, double[] logarithms, bool costsNodes) =>
        new([.. logarithms.Select(log => log / Math.Log(2))], model.GainDb(logarithms), costsNodes);

    /// <summary>By variable the largest part of a tensor's range that one of its channels takes.</summary>
    private static double[] Shares(ErrorModel model)
    {
        double least = Math.Pow(2, -ChannelScales.MostOctaves);
        double[] shares = new double[model.Variables];
        foreach (TensorTerm tensor in model.Tensors)
        {
            foreach ((int variable, double share) in tensor.Variables.Zip(tensor.Shares()))
                shares[variable] = Math.Max(shares[variable], Math.Max(share, least));
        }
        shares[ChannelVariables.Locked] = 1;
        // What no activation shows has no reason to move.
        return [.. shares.Select(share => share == 0 ? 1 : share)];
    }
}
