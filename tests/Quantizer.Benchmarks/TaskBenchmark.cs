using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>The same INT8 file judged by this program and by other ones: every figure that both give is to be the same.</summary>
internal static class TaskBenchmark
{
    /// <exception cref="ArgumentException">An unknown option, or no judge.</exception>
    public static int Run(string[] args)
    {
        Dictionary<string, string> options = [];
        for (int i = 0; i < args.Length; i += 2)
        {
            if (args[i] is not ("--judge" or "--text-judge" or "--models") || i + 1 == args.Length)
                throw new ArgumentException($"'{args[i]}' is not understood, or has no value. See --help.");
            options[args[i]] = args[i + 1];
        }
        if (!SharedFolder.Exists)
            throw new ArgumentException($"The folder of real models '{SharedFolder.Root}' does not exist.");
        TaskCase[] cases =
        [
            .. TaskCase.All.Where(task =>
                BenchmarkModels.Matches(task.Name, options.GetValueOrDefault("--models", "*")) && options.ContainsKey(Judge(task))
            ),
        ];
        if (cases.Length == 0)
            throw new ArgumentException("No model to judge: give the command lines of judges with --judge and --text-judge.");
        using TemporaryFolder folder = new();
        MarkdownTable table = new("model", "task", "figure", "here", "other judge", "difference");
        MarkdownTable times = new("model", "inference of both, ms", "comparison, ms", "ratio");
        int different = cases.Sum(task => Compare(task, new IndependentJudge(options[Judge(task)]), folder.Path, table, times));
        Console.WriteLine($"{table}\n{times}");
        Console.WriteLine(different == 0 ? "All figures are the same." : $"{different} figures differ.");
        return different == 0 ? 0 : 1;
    }

    private static string Judge(TaskCase task) => task.IsByText ? "--text-judge" : "--judge";

    /// <summary>How many figures differ.</summary>
    private static int Compare(TaskCase task, IndependentJudge judge, string folder, MarkdownTable table, MarkdownTable times)
    {
        Console.Error.WriteLine(task.Name);
        string int8 = Path.Combine(folder, $"{task.Name}.int8.onnx");
        task.Quantize(int8);
        string data = task.DataIn(folder);
        QuantizationReport report = task.Compare(int8, data);
        (double inference, double comparison) = TaskTimes.Of(task, int8, data);
        times.Add(task.Name, $"{inference:0.0}", $"{comparison:0.0}", $"{comparison / inference:0.00}");
        Dictionary<string, double> ours = TaskFigureNames.Of(report),
            theirs = task.IsTimedOnly ? [] : judge.Judge(task, int8, data);
        string[] common = [.. theirs.Keys.Where(name => ours.ContainsKey(name) && !task.IsCountedOtherwise(name))];
        int different = report.Task!.Kind == task.Kind && (common.Length > 0 || task.IsTimedOnly) ? 0 : 1;
        foreach (string name in common)
        {
            double difference = ours[name] - theirs[name];
            bool isSame = Math.Abs(difference) <= TaskFigureNames.ToleranceOf(name);
            different += isSame ? 0 : 1;
            table.Add(
                task.Name,
                $"{report.Task!.Kind}",
                name,
                $"{ours[name]:0.0000}",
                $"{theirs[name]:0.0000}",
                $"{difference:0.0000}{(isSame ? "" : " (!)")}"
            );
        }
        return different;
    }
}
