using Quantizer.Cli.Terminals;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Inspections;
using Quantizer.Reporting;
using Quantizer.Reporting.Benches;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests;

/// <summary>One run of the whole program in memory, on a pipeline whose answers are fixed.</summary>
internal sealed class ProgramRun : IDisposable
{
    private readonly StringWriter _out = new() { NewLine = "\n" };
    private readonly StringWriter _error = new() { NewLine = "\n" };

    public Interruption Interruption { get; } = new();

    /// <summary>What the pipeline was asked for.</summary>
    public QuantizationOptions? Asked { get; private set; }

    public CompareOptions? AskedToCompare { get; private set; }

    public InspectOptions? AskedToInspect { get; private set; }

    public QuantizationOptions? AskedToSurvey { get; private set; }

    public BenchOptions? AskedToBench { get; private set; }

    public BenchReport BenchReport { get; init; } = ExampleBenches.Both;

    public QuantizationReport Report { get; init; } = ExampleReports.Classifier;

    public ModelInspection Inspection { get; init; } = ExampleInspections.Classifier;

    /// <summary>What a survey finds of data.</summary>
    public DataSurvey Data { get; init; } =
        new(
            240,
            ("classes", "logits [1,10]: 10 class scores"),
            new Dictionary<string, string>
            {
                ["preset"] = "imagenet",
                ["channels"] = "rgb",
                ["size"] = "32x32",
            },
            "Pictures are prepared as imagenet in RGB.",
            [],
            ["'mask' is 1 for every sample."]
        );

    /// <summary>What happens while the pipeline works.</summary>
    public Action<IProgressObserver, CancellationToken> During { get; init; } = static (_, _) => { };

    public Func<Terminal, Terminal> Adjust { get; init; } = static terminal => terminal;

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public bool PipelineRan => Asked is not null || AskedToCompare is not null || AskedToInspect is not null;

    /// <summary>Runs and gives the exit code.</summary>
    public int Run(params string[] arguments)
    {
        PipelineCalls calls = new(
            (options, observer, cancellation) =>
            {
                Asked = options;
                During(observer, cancellation);
                return Report;
            },
            (options, observer, cancellation) =>
            {
                AskedToCompare = options;
                During(observer, cancellation);
                return Report;
            },
            (options, _) =>
            {
                AskedToInspect = options;
                return Inspection;
            }
        )
        {
            Bench = (options, _) =>
            {
                AskedToBench = options;
                return BenchReport;
            },
            Survey = (options, output, _) =>
            {
                AskedToSurvey = options;
                return new ModelSurvey(Inspection, options.CalibrationPaths.Count == 0 ? null : Data);
            },
        };
        return new Application(Adjust(new Terminal(_out, _error)), calls, Interruption).Run(arguments);
    }

    public void Dispose() => Interruption.Dispose();
}
