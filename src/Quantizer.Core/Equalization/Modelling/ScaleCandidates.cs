using Quantizer.Equalization.Channels;

namespace Quantizer.Equalization.Modelling;

/// <summary>Proposes scales by the model of the error.</summary>
internal static class ScaleCandidates
{
    /// <summary>A multiplication whose scales lie within an eighth of an octave is worth none.</summary>
    private const double NoticeableOctaves = 0.125;

    /// <summary>How much of the way to a full range each channel is lifted where the descent may begin.</summary>
    private static readonly double[] Lifts = [0, 0.5, 1];

    /// <summary>The scales of least modelled error; and, where some of them cost multiplications, the best without those.</summary>
    /// <param name="costly">Variables of scales that cost a multiplication.</param>
    public static IReadOnlyList<ScaleCandidate> Of(ErrorModel model, IReadOnlySet<int> costly, CancellationToken cancellation)
    {
        double[] shares = Shares(model);
        double[] start = Lifts
            .Select(lift => (double[])[.. shares.Select(share => lift == 0 ? 0 : -lift * Math.Log(share))])
            .MinBy(logarithms => model.Value(logarithms, []))!;
        double[] best = ScaleDescent.Minimize(model, start, cancellation);
        if (!costly.Any(variable => Math.Abs(best[variable]) > NoticeableOctaves * Math.Log(2)))
            return [Candidate(model, best, costsNodes: false)];
        double[] free = [.. best.Select((log, variable) => costly.Contains(variable) ? 0 : log)];
        return [Candidate(model, best, costsNodes: true), Candidate(model, free, costsNodes: false)];
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
