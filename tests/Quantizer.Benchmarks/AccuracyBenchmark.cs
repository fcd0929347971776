using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>INT8 against FP32 on held-out labelled pictures, a table a range selector, with the best of the other tools in each
/// column.</summary>
internal sealed class AccuracyBenchmark(BenchmarkOptions options, string folder)
{
    private readonly List<string> _missed = [];

    public static int Run(BenchmarkOptions options)
    {
        using TemporaryFolder folder = new();
        return new AccuracyBenchmark(options, folder.Path).Run();
    }

    private int Run()
    {
        BenchmarkModel[] models = [.. BenchmarkModels.Real(options.Models).Where(model => model.EvaluationPath is not null)];
        if (models.Length == 0)
            throw new ArgumentException($"No classifier with labelled pictures matches '{options.Models}'.");
        Dictionary<string, AccuracyFigures[]> rivals = models.ToDictionary(model => model.Name, Rivals);
        foreach (string method in options.Methods)
        {
            MarkdownTable table = new(
                "model",
                "top-1 FP32 %",
                "top-1 INT8 %",
                "agreement %",
                "SQNR dB",
                "best rivals: top-1 %",
                "agreement %",
                "SQNR dB"
            );
            foreach (BenchmarkModel model in models)
            {
                Console.Error.WriteLine($"{method} {model.Name}");
                AccuracyFigures ours = AccuracyFigures.Of("", model.Quantize(Path.Combine(folder, $"{model.Name}.int8.onnx"), method));
                AccuracyFigures[] theirs = rivals[model.Name];
                table.Add(
                    model.Name,
                    $"{ours.Fp32:0.00}",
                    $"{ours.Int8:0.00}",
                    $"{ours.Agreement:0.00}",
                    $"{ours.SqnrDb:0.00}",
                    Best(theirs, figures => figures.Int8),
                    Best(theirs, figures => figures.Agreement),
                    Best(theirs, figures => figures.SqnrDb)
                );
                if (method == "auto")
                    Judge(model, ours, theirs);
            }
            Console.WriteLine($"`--method {method}`\n\n{table}");
        }
        foreach (string missed in _missed)
            Console.WriteLine($"* {missed}");
        return _missed.Count == 0 ? 0 : 1;
    }

    private static AccuracyFigures[] Rivals(BenchmarkModel model) =>
        [
            .. Rival
                .Of(model)
                .Select(rival =>
                    AccuracyFigures.Of(
                        rival.Tool,
                        QuantizationPipeline.Compare(
                            new CompareOptions
                            {
                                Fp32Path = model.Path,
                                Int8Path = rival.Path,
                                DataPaths = [model.EvaluationPath!],
                                Pictures = model.Pictures,
                            },
                            new SilentObserver(),
                            CancellationToken.None
                        )
                    )
                ),
        ];

    private static string Best(AccuracyFigures[] rivals, Func<AccuracyFigures, double> of) =>
        rivals.MaxBy(of) is { } best ? $"{of(best):0.00} ({best.Tool})" : "";

    private void Judge(BenchmarkModel model, AccuracyFigures ours, AccuracyFigures[] rivals)
    {
        if (ours.Fp32 - ours.Int8 > BenchmarkGoals.LargestDrop)
            _missed.Add($"{model.Name}: top-1 drops by {ours.Fp32 - ours.Int8:0.00} points; {BenchmarkGoals.LargestDrop} are allowed.");
        Require("SQNR", "dB", figures => figures.SqnrDb, model.Goals.SqnrDb);
        Require("agreement", "%", figures => figures.Agreement, model.Goals.Agreement);

        void Require(string what, string unit, Func<AccuracyFigures, double> of, double goal)
        {
            if (of(ours) < goal)
                _missed.Add($"{model.Name}: {what} {of(ours):0.00} {unit}; the goal is {goal:0.00}.");
            foreach (AccuracyFigures rival in rivals.Where(rival => of(rival) > of(ours)))
                _missed.Add($"{model.Name}: {what} {of(ours):0.00} {unit}; {rival.Tool} has {of(rival):0.00}.");
        }
    }
}
