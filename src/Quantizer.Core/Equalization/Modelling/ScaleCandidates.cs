using Quantizer.Equalization.Channels;

namespace Quantizer.Equalization.Modelling;

/// <summary>Scales worth trying.</summary>
internal static class ScaleCandidates
{
    /// <summary>How much of the way to a full range each channel is lifted.</summary>
    private static readonly double[] Lifts = [0.5, 1];

    /// <summary>Natural logarithms by variable, with the gain that the model tells; those that it tells none of are left out.</summary>
    public static IReadOnlyList<(double[] Logarithms, double GainDb)> Of(ErrorModel model, CancellationToken cancellation)
    {
        double[] shares = Shares(model);
        double[][] lifted = [.. Lifts.Select(lift => (double[])[.. shares.Select(share => -lift * Math.Log(share))])];
        double[] start = lifted.Append(new double[model.Variables]).MinBy(logarithms => model.Value(logarithms, []))!;
        List<double[]> all = [ScaleDescent.Minimize(model, start, cancellation), .. lifted];
        return
        [
            .. all.Select(logarithms => (logarithms, model.GainDb(logarithms)))
                .Where(candidate => candidate.Item2 > 0),
        ];
    }

    /// <summary>By variable the largest part of a tensor's range that one of its channels takes.</summary>
    private static double[] Shares(ErrorModel model)
    {
        double least = Math.Pow(2, -ChannelScales.MostOctaves);
        double[] shares = [.. Enumerable.Repeat(least, model.Variables)];
        shares[ChannelVariables.Locked] = 1;
        HashSet<int> met = [];
        foreach (TensorTerm tensor in model.Tensors)
        {
            foreach ((int variable, double share) in tensor.Variables.Zip(tensor.Shares()))
            {
                met.Add(variable);
                if (variable != ChannelVariables.Locked)
                    shares[variable] = Math.Max(shares[variable], share);
            }
        }
        // What no activation shows has no reason to move.
        return [.. shares.Select((share, variable) => met.Contains(variable) ? share : 1)];
    }
}
