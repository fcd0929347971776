namespace Quantizer.Benchmarks;

/// <summary>The options of the benchmarks that measure models.</summary>
/// <param name="Models">A glob over models' names.</param>
internal sealed record BenchmarkOptions(int Rounds, string Models, IReadOnlyList<string> Methods)
{
    public const int DefaultRounds = 3;

    public static readonly string[] AllMethods = ["auto", "minmax", "percentile:99.999", "percentile:99.99", "entropy", "mse"];

    /// <exception cref="ArgumentException">An unknown option or a bad value.</exception>
    public static BenchmarkOptions Parse(string[] args)
    {
        BenchmarkOptions options = new(DefaultRounds, "*", AllMethods);
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
                throw new ArgumentException($"'{args[i]}' needs a value. See --help.");
            string value = args[i + 1];
            options = args[i] switch
            {
                "--rounds" when int.TryParse(value, out int rounds) && rounds > 0 => options with { Rounds = rounds },
                "--models" => options with { Models = value },
                "--methods" => options with { Methods = value.Split(',') },
                _ => throw new ArgumentException($"'{args[i]} {value}' is not understood. See --help."),
            };
        }
        return options;
    }
}
