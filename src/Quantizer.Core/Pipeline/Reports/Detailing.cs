using Quantizer.Comparison;
using Quantizer.Details;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline.Comparing;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Ranges.Planning;
using Quantizer.Reporting.Details;
using Quantizer.Samples;
using Quantizer.Verification;
using Quantizer.Work;

namespace Quantizer.Pipeline.Reports;

/// <summary>Collects what lies behind the figures of a run.</summary>
internal sealed class Detailing(SampleWorkers workers, StageRunner stages)
{
    /// <param name="compared">Null without data to judge on.</param>
    /// <param name="comparison">Likewise.</param>
    /// <param name="latency">Of the user's file, the cleaned graph and the quantized one; null where speed was not measured.</param>
    /// <exception cref="QuantizationException">A model cannot be run on a sample.</exception>
    public ReportDetails Of(RunResults results, ComparedData? compared, ComparisonResult? comparison, IReadOnlyList<LatencyResult>? latency)
    {
        QuantizedRun quantized = results.Quantized;
        QuantizationPlan plan = quantized.Quantized.Plan;
        OnnxModel model = quantized.Placement.Placed.Lowered.Model;
        LatencyRuns? times = latency is null ? null : LatencyTimes.Of(ReportParts.Reference(latency), latency[^1]);
        PairedNetworks networks = PairedNetworks.Of(model, quantized.Quantized.Model);
        return Collect(networks, compared, comparison, results.Output.Path, tensor => Predicted(plan, tensor)) with
        {
            Network = NetworkLinks.Of(model.Graph, quantized.Work),
            Histograms = stages.Time(Stage.LookAtDetails, () => Histograms.Of(model.Graph, quantized.Calibrated.Statistics, plan, workers)),
            Weights = ChannelExtremes.Of(model.Graph, plan),
            Latency = times,
        };
    }

    /// <summary>Of two files of any tool: their tensors are found by their names, and nothing is known of calibration.</summary>
    /// <exception cref="QuantizationException">A model cannot be run on a sample.</exception>
    public ReportDetails Of(
        OnnxModel fp32,
        OnnxModel int8,
        string int8Path,
        VerificationResult verification,
        ComparedData compared,
        ComparisonResult comparison,
        LatencyRuns latency
    )
    {
        OnnxModel reference = NamedNodes.In(fp32),
            other = NamedNodes.In(int8);
        WorkCount work = new(verification.Nodes.ToDictionary(node => node.Placement.Node, node => node.Macs));
        return Collect(PairedNetworks.Of(reference, other), compared, comparison, int8Path, _ => null) with
        {
            Network = NetworkLinks.Of(other.Graph, work),
            Weights = ChannelExtremes.Of(reference.Graph, other.Graph),
            Latency = latency,
        };
    }

    private static double? Predicted(QuantizationPlan plan, string tensor) =>
        plan.Sites.Activations.FirstOrDefault(site => site.Tensor == tensor) is { } site
            ? ReportParts.Finite(plan.Activations[site.Source].ExpectedSqnrDb)
            : null;

    /// <summary>What is run.</summary>
    private ReportDetails Collect(
        PairedNetworks networks,
        ComparedData? compared,
        ComparisonResult? comparison,
        string int8Path,
        Func<string, double?> predicted
    )
    {
        ReportDetails nothing = new()
        {
            Network = [],
            Errors = [],
            Histograms = [],
            Weights = [],
            Changed = [],
            ChangedInAll = 0,
            Confusions = [],
            Latency = null,
        };
        if (compared is null || comparison is null)
            return nothing;
        return stages.Run(
            Stage.LookAtDetails,
            ErrorAlongNetwork.PiecesOf(networks),
            advanced =>
            {
                DifferingSamples changed = DifferingSamples.Of(comparison, compared.Task.Task);
                return nothing with
                {
                    Errors = ErrorsOf(networks, compared.Data, predicted, advanced),
                    Changed = Show(changed, compared, int8Path),
                    ChangedInAll = changed.InAll,
                    Confusions = Confusions.Of(comparison, compared.Task.Task, compared.Data.ClassNames),
                };
            }
        );
    }

    private IReadOnlyList<TensorError> ErrorsOf(
        PairedNetworks networks,
        DataSet data,
        Func<string, double?> predicted,
        Action<int> advanced
    )
    {
        try
        {
            return new ErrorAlongNetwork(networks, workers, stages.Cancellation).Measure(data.Reader(), predicted, advanced);
        }
        catch (QuantizationException error)
        {
            stages.Note($"The error along the network is left out of the details: {error.Message}");
            return [];
        }
    }

    private IReadOnlyList<ChangedSample> Show(DifferingSamples changed, ComparedData compared, string int8Path)
    {
        DataSet data = compared.Data;
        SampleReader<Sample> samples = data.Reader();
        using InferenceModel int8 = InferenceModel.Load(int8Path);
        AnswerGallery shown = new(
            ModelPair.Of(compared.Reference, int8),
            compared.Task.Task,
            data.ClassNames,
            (index, sample) => data.PictureOf?.Invoke(index) ?? SamplePicture.Of(sample)
        );
        return shown.Of(changed, samples.Load, workers);
    }
}
