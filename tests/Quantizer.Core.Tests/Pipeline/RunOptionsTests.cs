using Quantizer.Calibration.Statistics;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>Each option reaches the stage that it is for, and changes there what it promises to change.</summary>
public sealed class RunOptionsTests(PlainRun plain) : IClassFixture<PlainRun>
{
    private const string Expand = "/block3/expand/conv/Conv";

    private BundledRun Plain => plain.Run;

    [Fact]
    public void Exclude_keeps_the_named_node_in_float_and_leaves_the_others_as_they_were()
    {
        using BundledRun run = new(options => options with { Exclude = [Expand] });

        Assert.Contains(Expand, Plain.IntegerNodes);
        Assert.Equal(NodeDecision.Float, run.Report.Nodes.Single(node => node.Name == Expand).Decision);
        Assert.Contains("exclude", run.Report.Nodes.Single(node => node.Name == Expand).Reason);
        Assert.Superset(run.Weights.Select(tensor => tensor.Name).ToHashSet(), Plain.Weights.Select(tensor => tensor.Name).ToHashSet());
        Assert.Equal(
            ["block3.expand.conv.weight"],
            Plain.Weights.Select(tensor => tensor.Name).Except(run.Weights.Select(tensor => tensor.Name))
        );
    }

    [Fact]
    public void Include_quantizes_what_it_names_and_no_other_weighted_node()
    {
        using BundledRun run = new(options => options with { Include = [Expand] });

        Assert.Equal(["block3.expand.conv.weight"], run.Weights.Select(tensor => tensor.Name));
        Assert.Contains("include", run.Report.Nodes.Single(node => node.Name == "/block2/expand/conv/Conv").Reason);
    }

    [Fact]
    public void An_excluded_operator_type_is_float_everywhere()
    {
        using BundledRun run = new(options => options with { ExcludeOpTypes = ["Add"] });

        Assert.Contains(Plain.Report.Nodes, node => node is { OpType: "Add", Decision: NodeDecision.Int8 });
        Assert.All(run.Report.Nodes.Where(node => node.OpType == "Add"), node => Assert.Equal(NodeDecision.Float, node.Decision));
        Assert.Equal(Plain.Weights.Select(tensor => tensor.Name), run.Weights.Select(tensor => tensor.Name));
    }

    [Fact]
    public void The_method_chooses_the_range_of_every_activation()
    {
        using BundledRun run = new(options => options with { Method = RangeMethod.Percentile(99) });

        Assert.All(Plain.Activations, tensor => Assert.Equal("minmax", tensor.Method));
        Assert.All(run.Activations, tensor => Assert.StartsWith("percentile", tensor.Method));
        Assert.True(run.Activations.Sum(tensor => tensor.Scale[0]) < 0.8 * Plain.Activations.Sum(tensor => tensor.Scale[0]));
        Assert.Equal(
            Plain.Activations.Select(tensor => (tensor.Name, tensor.Min, tensor.Max)),
            run.Activations.Select(tensor => (tensor.Name, tensor.Min, tensor.Max))
        );
    }

    [Fact]
    public void Sampled_statistics_see_the_same_extremes_and_fewer_values()
    {
        using BundledRun run = new(options => options with { Statistics = StatisticsMode.Sampled });

        Assert.Equal(
            Plain.Activations.Select(tensor => (tensor.Min, tensor.Max)),
            run.Activations.Select(tensor => (tensor.Min, tensor.Max))
        );
        Assert.NotEqual(Plain.Activations.Select(tensor => tensor.SqnrDb), run.Activations.Select(tensor => tensor.SqnrDb));
    }

    [Fact]
    public void Weights_have_a_scale_for_each_channel_or_one_for_all()
    {
        using BundledRun run = new(options => options with { WeightGranularity = WeightGranularity.PerTensor });

        Assert.All(Plain.Weights, tensor => Assert.True(tensor.Scale.Count > 1));
        Assert.All(run.Weights, tensor => Assert.Single(tensor.Scale));
    }

    [Fact]
    public void The_way_of_choosing_weight_ranges_reaches_the_weights()
    {
        using BundledRun run = new(options => options with { WeightRanges = WeightRangeMethod.SquaredError });

        Assert.True(run.Weights.Sum(tensor => tensor.Scale.Sum()) < Plain.Weights.Sum(tensor => tensor.Scale.Sum()));
        Assert.Equal(Plain.Activations.Select(tensor => tensor.Scale[0]), run.Activations.Select(tensor => tensor.Scale[0]));
    }

    [Fact]
    public void The_seed_chooses_the_samples_and_samples_says_how_many()
    {
        using BundledRun run = new(options => options with { Seed = 7, Samples = 12 });

        Assert.Equal(BundledRun.Samples, Plain.Report.Data.Calibration!.Samples);
        Assert.Equal(12, run.Report.Data.Calibration!.Samples);
        Assert.NotEqual(Plain.Activations.Select(tensor => tensor.Max), run.Activations.Select(tensor => tensor.Max));
    }

    [Fact]
    public void Neither_batch_size_nor_threads_change_a_byte()
    {
        using BundledRun run = new(options => options with { BatchSize = 4, Threads = 1 });

        Assert.Equal(Plain.Bytes, run.Bytes);
    }

    [Fact]
    public void One_thread_is_one_worker()
    {
        using BundledRun run = new(options => options with { Threads = 1 });

        Assert.Equal(1, run.Heard.ThreadsOf("Calibrating"));
        Assert.Equal(1, run.Heard.ThreadsOf("Comparing"));
    }

    [Fact]
    public void Evaluation_data_are_compared_on_and_told_as_held_out()
    {
        using BundledRun run = new(options => options with { EvaluationPaths = [BundledRun.Pictures("val")], EvaluationSamples = 36 });

        Assert.Equal((BundledRun.Samples, false), (Plain.Report.Data.Evaluation!.Samples, Plain.Report.Data.Evaluation!.HeldOut));
        Assert.Equal(
            (36, 36, true),
            (run.Report.Data.Evaluation!.Samples, run.Report.Data.Evaluation!.Labelled, run.Report.Data.Evaluation!.HeldOut)
        );
        Assert.Equal(Plain.Bytes, run.Bytes);
    }

    [Fact]
    public void What_the_user_fixed_of_the_pictures_is_how_they_are_prepared()
    {
        using BundledRun run = new(options => options with { Pictures = options.Pictures with { Channels = ChannelOrder.Bgr } });

        Assert.Equal(
            ("imagenet", "rgb", ChoiceGround.Flags),
            (Plain.Report.Preprocessing!.Preset, Plain.Report.Preprocessing.Channels, Plain.Report.Preprocessing.ChosenBy)
        );
        Assert.Equal("bgr", run.Report.Preprocessing!.Channels);
        Assert.NotEqual(Plain.Activations.Select(tensor => tensor.Max), run.Activations.Select(tensor => tensor.Max));
    }

    [Fact]
    public void What_lies_beside_the_model_tells_how_pictures_are_prepared()
    {
        using TemporaryFolder folder = new();
        string model = folder.Write("model.onnx", File.ReadAllBytes(BundledRun.Plain.ModelPath));
        folder.Write("preprocessor_config.json", """{"image_mean": [0.1, 0.2, 0.3], "image_std": [0.4, 0.5, 0.6]}"""u8);

        using BundledRun run = new(options => options with { ModelPath = model, Pictures = options.Pictures with { Preset = null } });

        Assert.Equal(ChoiceGround.PreprocessorConfig, run.Report.Preprocessing!.ChosenBy);
        Assert.Equal([0.1f, 0.2f, 0.3f], run.Report.Preprocessing.Mean);
        Assert.Equal([0.4f, 0.5f, 0.6f], run.Report.Preprocessing.Std);
    }
}
