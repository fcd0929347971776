namespace Quantizer.Core.Tests.Ranges.Selectors;

/// <summary>The seven shapes of activations on which calibration rules are known to go wrong; seeded.</summary>
internal static class Distributions
{
    public const int Length = 200_000;
    private const int Seed = 7;

    public static IReadOnlyList<string> Names => [.. Shapes.Keys];

    private static readonly Dictionary<string, Func<Random, double>> Shapes = new()
    {
        ["Gauss"] = Normal,
        ["ReLU Gauss"] = random => Math.Max(0, Normal(random)),
        ["Laplace"] = Laplace,
        ["ReLU6 saturated"] = random => Math.Clamp(2 + (3 * Normal(random)), 0, 6),
        ["Gauss with outliers"] = random => Normal(random) * (random.NextDouble() < 1e-4 ? 10 : 1),
        ["Swish"] = random => Swish(2 * Normal(random)),
        ["Log-normal"] = random => Math.Exp(Normal(random)),
    };

    public static float[] Sample(string name, int length = Length)
    {
        Random random = new(Seed);
        Func<Random, double> shape = Shapes[name];
        float[] values = new float[length];
        for (int i = 0; i < length; i++)
            values[i] = (float)shape(random);
        return values;
    }

    /// <summary>Box and Muller's method.</summary>
    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Laplace(Random random)
    {
        double uniform = random.NextDouble() - 0.5;
        return -Math.Sign(uniform) * Math.Log(1 - (2 * Math.Abs(uniform)));
    }

    private static double Swish(double x) => x / (1 + Math.Exp(-x));
}
