namespace Quantizer.Benchmarks;

/// <summary>One benchmark by its name on the command line.</summary>
/// <param name="Run">Takes the arguments behind the name; gives the exit code: 0, or 1 when a goal is missed.</param>
internal sealed record Benchmark(string Name, string Summary, Func<string[], int> Run)
{
    private const int WrongUsage = 2;

    private static readonly Benchmark[] All =
    [
        new(
            "speed",
            "INT8 against FP32 and against the INT8 files of other tools",
            args => SpeedBenchmark.Run(BenchmarkOptions.Parse(args))
        ),
        new(
            "accuracy",
            "top-1, agreement and SQNR of INT8 by range selector, beside other tools",
            args => AccuracyBenchmark.Run(BenchmarkOptions.Parse(args))
        ),
        new(
            "calibration",
            "calibration against plain inference of the same samples [--models PATTERN] [--rounds N] [--samples N] [--memory]",
            CalibrationBenchmark.Run
        ),
        new(
            "search",
            "what every stage of a default run costs, and the search's budget [--models PATTERN] [--rounds N]",
            args => SearchBenchmark.Run(BenchmarkOptions.Parse(args))
        ),
        new(
            "tasks",
            "every task judged here and by other judges [--judge COMMAND] [--text-judge COMMAND] [--models PATTERN]",
            TaskBenchmark.Run
        ),
        new(
            "networks",
            "networks of every kind with default options, by what each is for [--models PATTERN]",
            args => NetworkBenchmark.Run(BenchmarkOptions.Parse(args))
        ),
        new("selectors", "pictures of what every range selector makes of two tensors: OUT_FOLDER", SelectorPictures.Run),
        new("page", "the README's picture of an HTML report, by an installed chromium: OUT.png", PagePicture.Run),
        new(
            "histogram",
            "nanoseconds a float of the statistics kernels",
            _ =>
            {
                HistogramBenchmark.Run();
                return 0;
            }
        ),
    ];

    public static int Start(string[] args)
    {
        if (args.Contains("--help"))
        {
            Console.WriteLine(Help());
            return 0;
        }
        if (args is not [string name, .. string[] rest] || All.FirstOrDefault(known => known.Name == name) is not { } benchmark)
            return Refuse(Help());
        try
        {
            Console.WriteLine(Heading.Of(args));
            return benchmark.Run(rest);
        }
        catch (ArgumentException error)
        {
            return Refuse(error.Message);
        }
    }

    private static int Refuse(string message)
    {
        Console.Error.WriteLine(message);
        return WrongUsage;
    }

    private static string Help() =>
        $"""
            dotnet run -c Release --project tests/Quantizer.Benchmarks -- NAME [options]

            {string.Join('\n', All.Select(benchmark => $"  {benchmark.Name.PadRight(12)} {benchmark.Summary}"))}

            Options of speed and accuracy:
              --models PATTERN    the models whose names match, for example 'resnet*' (default: all)
              --rounds N          speed: times that everything is measured, of which the calmest counts (default: {BenchmarkOptions.DefaultRounds})
              --methods LIST      accuracy: range selectors, comma-separated (default: {string.Join(',', BenchmarkOptions.AllMethods)})

            The tables are Markdown. Real models and other tools' files are read from the folder 'shared' beside the
            repository, or from where QUANTIZER_SHARED says; without it only the models under samples/ and seeded ones are measured.
            """;
}
