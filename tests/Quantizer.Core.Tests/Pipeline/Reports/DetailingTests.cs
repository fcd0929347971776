using System.Security.Cryptography;
using System.Text.Json;
using Quantizer.Comparison.Tasks;
using Quantizer.Pipeline;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Reports;

/// <summary>What a run tells beyond its figures.</summary>
public sealed class DetailingTests(PlainRun plain) : IClassFixture<PlainRun>
{
    [Fact]
    public void Nothing_is_collected_where_nobody_asks()
    {
        Assert.Null(plain.Run.Report.Details);
        Assert.DoesNotContain("\"details", JsonReportWriter.ToText(plain.Run.Report));
        Assert.DoesNotContain("Looking at details", plain.Run.Heard.Stages.Select(stage => stage.Name));
    }

    [Fact]
    public void A_run_tells_its_network_errors_histograms_weights_and_times()
    {
        using BundledRun run = Detailed();
        ReportDetails details = run.Report.Details!;

        Assert.Contains("Looking at details", run.Heard.Stages.Select(stage => stage.Name));
        Assert.Equal(run.Report.Nodes.Select(node => node.Name), details.Network.Select(node => node.Name));
        Assert.Contains(details.Network, node => node.Macs > 0);
        Assert.Equal(
            run.Activations.Select(tensor => tensor.Name).Order(),
            details.Histograms.Where(histogram => histogram.Chosen.Length > 0).Select(histogram => histogram.Name).Order()
        );
        Assert.Equal(run.Weights.Select(tensor => tensor.Name).Order(), details.Weights.Select(weight => weight.Name).Order());
        foreach (TensorReport weight in run.Weights)
            Assert.Equal(weight.Scale.Count, details.Weights.Single(range => range.Name == weight.Name).Min.Count);
        Assert.All(
            details.Errors,
            error => Assert.Contains(error.Node, (IEnumerable<string>)["", .. run.Report.Nodes.Select(node => node.Name)])
        );
        Assert.True(details.Errors.Count(error => error.OwnSqnrDb is not null) > 10);
        Assert.Equal(run.Report.Latency!.Fp32Ms, details.Latency!.Fp32Ms.Min(), 1e-5);
        Assert.Equal(run.Report.Latency.Int8Ms, details.Latency.Int8Ms.Min(), 1e-5);
        Assert.True(details.ChangedInAll >= details.Changed.Count);
    }

    [Fact]
    public void Details_are_read_back_from_JSON_as_they_were_written()
    {
        using BundledRun run = Detailed();
        string text = JsonReportWriter.ToText(run.Report);

        QuantizationReport read = JsonSerializer.Deserialize(text, ReportJson.Default.QuantizationReport)!;

        Assert.Equal(text, JsonReportWriter.ToText(read));
        Assert.Equal(run.Report.Details!.Histograms[0].Bins, read.Details!.Histograms[0].Bins);
        // However many numbers they hold, lists of them take a line each.
        Assert.Contains($"\"bins\": [{string.Join(',', read.Details.Histograms[0].Bins)}]", text);
        Assert.Contains($"\"int8Ms\": [{string.Join(',', read.Details.Latency!.Int8Ms)}]", text);
    }

    /// <summary>The last tensor of the network is its output, whose error the comparison measured on all samples.</summary>
    [Fact]
    public void The_error_at_the_end_is_that_of_the_comparison()
    {
        using BundledRun run = Detailed();

        TensorError last = run.Report.Details!.Errors[^1];

        Assert.Equal(run.Report.Outputs[0].Name, last.Name);
        Assert.Equal(run.Report.Outputs[0].SqnrDb!.Value, last.SqnrDb!.Value, 3.0);
    }

    [Fact]
    public void A_run_tells_what_its_layers_weights_and_activations_cost_at_the_outputs()
    {
        using BundledRun run = Detailed();
        OutputCosts costs = run.Report.Details!.Costs!;

        Assert.Contains("Measuring what each part costs", run.Heard.Stages.Select(stage => stage.Name));
        Assert.Equal(8, costs.Samples);
        Assert.Equal(costs.LayersInAll, costs.Layers.Count);
        Assert.Empty(costs.WhyNotAll);
        Assert.Equal(run.Weights.Count(), costs.LayersInAll);
        Assert.All(costs.Layers, layer => Assert.Contains(layer.Node, run.Report.Nodes.Select(node => node.Name)));
        Assert.Equal(costs.Layers.OrderBy(layer => layer.AloneDb), costs.Layers);
        Assert.All(costs.Layers, layer => Assert.True(layer.AloneDb > costs.BothDb, $"{layer}"));
        // By the mean of few samples' ratios, not by the sums over all.
        Assert.Equal(run.Report.Outputs[0].SqnrDb!.Value, costs.BothDb!.Value, 6.0);
        Assert.True(costs.WeightsDb > costs.BothDb && costs.ActivationsDb > costs.BothDb - 1, $"{costs}");
    }

    [Fact]
    public void The_number_of_threads_changes_no_detail_but_times()
    {
        using BundledRun one = Detailed(threads: 1),
            three = Detailed(threads: 3);

        Assert.Equal(Text(one), Text(three));

        static string Text(BundledRun run) =>
            JsonReportWriter.ToText(run.Report with { Details = run.Report.Details! with { Latency = null } }).Split("\"details\": ")[1];
    }

    [Fact]
    public void A_comparison_of_two_files_tells_what_their_names_have_in_common()
    {
        QuantizationReport report = QuantizationPipeline.Compare(
            new CompareOptions
            {
                Fp32Path = BundledRun.Plain.ModelPath,
                Int8Path = plain.Run.Options.OutputPath!,
                DataPaths = [BundledRun.Pictures("calib")],
                Samples = BundledRun.Samples,
                Pictures = BundledRun.Plain.Pictures,
                Details = true,
                Arguments = ["compare", "a", "b"],
            }
        );
        ReportDetails details = report.Details!;

        Assert.Equal(report.Nodes.Select(node => node.Name), details.Network.Select(node => node.Name));
        Assert.True(details.Errors.Count > 10);
        Assert.All(details.Errors, error => Assert.Null(error.PredictedSqnrDb));
        Assert.Empty(details.Histograms);
        Assert.NotEmpty(details.Weights);
        Assert.Equal(report.Latency!.Fp32Ms, details.Latency!.Fp32Ms.Min(), 1e-5);
        Assert.Null(details.Costs);
        Assert.Equal(["compare", "a", "b"], report.Manifest!.Arguments);
        Assert.Equal(Sha256(plain.Run.Options.OutputPath!), report.Manifest.Int8Sha256);
    }

    [Fact]
    public void Without_data_to_judge_on_the_network_and_its_weights_are_told()
    {
        using TemporaryFolder folder = new();
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = BundledRun.Plain.ModelPath,
                CalibrationPaths = [],
                WeightsOnly = WeightStorage.Int8,
                OutputPath = folder.File("int8.onnx"),
                Details = true,
            }
        );

        Assert.NotEmpty(report.Details!.Network);
        Assert.NotEmpty(report.Details.Weights);
        Assert.Empty(report.Details.Errors);
        Assert.Empty(report.Details.Changed);
        Assert.Null(report.Details.Costs);
    }

    [Fact]
    public void The_manifest_tells_the_file_and_the_machine()
    {
        ManifestReport manifest = plain.Run.Report.Manifest!;

        Assert.Equal(Sha256(plain.Run.Options.OutputPath!), manifest.Int8Sha256);
        Assert.Equal(Environment.ProcessorCount, manifest.Cores);
        Assert.NotEmpty(manifest.Processor);
        Assert.Equal(Environment.Version.ToString(), manifest.DotNet);
        Assert.Equal(Environment.CurrentDirectory, manifest.WorkingDirectory);
        Assert.Empty(manifest.Arguments);
        Assert.Equal(TimeSpan.Zero, manifest.Started.Offset);
    }

    [SharedFolderFact]
    public void A_detector_shows_the_boxes_of_both_on_its_pictures()
    {
        using TemporaryFolder folder = new();
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = SharedFolder.Model("yolo-composed.onnx"),
                CalibrationPaths = [SharedFolder.Data("composed-calib")],
                EvaluationPaths = [SharedFolder.Data("composed-val")],
                OutputPath = folder.File("int8.onnx"),
                Samples = 16,
                EvaluationSamples = 60,
                Method = RangeMethod.MinMax,
                KeepsFloor = false,
                Details = true,
            }
        );

        Assert.Equal(TaskKind.Boxes, report.Task!.Kind);
        Assert.NotEmpty(report.Details!.Changed);
        ChangedSample sample = report.Details.Changed[0];
        Assert.StartsWith("data:image/jpeg;base64,", sample.Thumbnail);
        Assert.Contains(sample.Boxes, box => !box.IsMatched);
        Assert.All(sample.Boxes, box => Assert.InRange(box.Left + (box.Width / 2), 0, 1));
        Assert.All(sample.Boxes, box => Assert.InRange(box.Width, 0.02, 1));
    }

    private static BundledRun Detailed(int threads = 0) => new(options => options with { Details = true, Threads = threads });

    private static string Sha256(string path) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)));
}
