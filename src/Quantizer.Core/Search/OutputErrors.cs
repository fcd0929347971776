namespace Quantizer.Search;

/// <summary>
/// Relative errors of one plan (<see cref="OutputReference.Relative"/>), by sample and part of the outputs, so that no sum depends on
/// which worker was faster.
/// </summary>
internal sealed class OutputErrors
{
    private readonly double[]?[] _ofSamples;
    private readonly int _outputs;

    public OutputErrors(int samples, int outputs)
    {
        _ofSamples = new double[samples][];
        _outputs = outputs;
    }

    /// <summary>The errors of a sample by output; null while it has not been run.</summary>
    public double[]? this[int sample]
    {
        get => _ofSamples[sample];
        set => _ofSamples[sample] = value;
    }

    /// <summary>By output the sum over the first samples, which must have been run, in their order.</summary>
    public double[] Sums(int samples) => SumsOf(_ofSamples.Take(samples).Select(ofSample => ofSample!));

    /// <summary>By output the sum over the samples that have been run.</summary>
    public double[] Sums() => SumsOf(_ofSamples.OfType<double[]>());

    /// <summary>The same errors, for more samples to be added.</summary>
    public OutputErrors Copy()
    {
        OutputErrors copy = new(_ofSamples.Length, _outputs);
        _ofSamples.CopyTo(copy._ofSamples, 0);
        return copy;
    }

    /// <summary>Those of the samples from a given one on.</summary>
    public OutputErrors From(int sample)
    {
        OutputErrors rest = new(_ofSamples.Length - sample, _outputs);
        Array.Copy(_ofSamples, sample, rest._ofSamples, 0, rest._ofSamples.Length);
        return rest;
    }

    /// <summary>By output the sum over one sample, for telling hard samples from easy ones.</summary>
    public double Of(int sample, int output) => _ofSamples[sample]![output];

    private double[] SumsOf(IEnumerable<double[]> samples)
    {
        double[] sums = new double[_outputs];
        foreach (double[] ofSample in samples)
        {
            for (int output = 0; output < _outputs; output++)
                sums[output] += ofSample[output];
        }

        return sums;
    }
}
