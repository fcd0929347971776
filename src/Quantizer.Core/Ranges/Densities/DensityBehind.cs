using Quantizer.Kernels;
using Quantizer.Placement.Sites;
using Quantizer.Schemes;

namespace Quantizer.Ranges.Densities;

/// <summary>A tensor's values together with what the only function that reads them makes of each.</summary>
internal sealed class DensityBehind
{
    /// <summary>Bins are wider than a quantum at the far end of a range: so many places of each see the rounding error's whole
    /// course.</summary>
    private const int PlacesPerBin = 4;

    private readonly FunctionBehind _function;
    private readonly double[] _values;
    private readonly double[] _results;
    private readonly double[] _counts;

    public DensityBehind(ValueDensity density, FunctionBehind function)
    {
        _function = function;
        List<PointMass> points = [density.Lower, density.Upper];
        for (int i = 1; i < density.Edges.Length; i++)
        {
            double start = density.Edges[i - 1],
                width = (density.Edges[i] - start) / PlacesPerBin;
            double count = (density.Cumulative[i] - density.Cumulative[i - 1]) / PlacesPerBin;
            for (int place = 0; count > 0 && place < PlacesPerBin; place++)
                points.Add(new PointMass(start + ((place + 0.5) * width), count));
        }

        _values = [.. points.Select(point => point.Value)];
        _counts = [.. points.Select(point => point.Count)];
        _results = [.. points.Select(point => function.At(point.Value))];
        for (int i = 0; i < _values.Length; i++)
            SignalEnergy += _counts[i] * _results[i] * _results[i];
    }

    /// <summary>Sum of squares of what comes behind.</summary>
    public double SignalEnergy { get; }

    /// <summary>Sum of squares of what rounding and clipping change behind.</summary>
    public double SquaredErrorOf(QuantizationParameters parameters) =>
        MappedErrorKernel.Sum(_values, _results, _counts, LevelsOf(parameters), parameters.Scale, LowestOf(parameters));

    /// <summary>The part of it that comes from values outside of the range.</summary>
    public double ClippingErrorOf(QuantizationParameters parameters)
    {
        int lowest = LowestOf(parameters),
            highest = parameters.Scheme.QuantizedMax - parameters.ZeroPoint;
        double below = _function.At(lowest * (double)parameters.Scale),
            above = _function.At(highest * (double)parameters.Scale);
        double sum = 0;
        for (int i = 0; i < _values.Length; i++)
        {
            double steps = Math.Round(_values[i] / parameters.Scale, MidpointRounding.ToEven);
            if (steps >= lowest && steps <= highest)
                continue;
            double error = _results[i] - (steps < lowest ? below : above);
            sum += error * error * _counts[i];
        }
        return sum;
    }

    private static int LowestOf(QuantizationParameters parameters) => parameters.Scheme.QuantizedMin - parameters.ZeroPoint;

    /// <summary>What the function makes of each integer.</summary>
    private double[] LevelsOf(QuantizationParameters parameters)
    {
        double[] levels = new double[parameters.Scheme.QuantizedMax - parameters.Scheme.QuantizedMin + 1];
        for (int i = 0; i < levels.Length; i++)
            levels[i] = _function.At((LowestOf(parameters) + i) * (double)parameters.Scale);
        return levels;
    }
}
