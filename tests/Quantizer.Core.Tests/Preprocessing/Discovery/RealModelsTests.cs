using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>Real trained networks whose preparation is documented by their authors.</summary>
public sealed class RealModelsTests
{
    [SharedFolderTheory]
    [InlineData("resnet20-cifar10-bn", "cifar10-calib", "--preset imagenet --channels rgb")]
    [InlineData("resnet56-cifar10-bn", "cifar10-calib", "--preset imagenet --channels rgb")]
    [InlineData("mobilenetv2-cifar10-bn", "cifar10-calib", "--preset cifar10 --channels rgb")]
    [InlineData("resnet8-mlperf", "cifar10-calib", "--preset raw --channels rgb")]
    [InlineData("vww-mlperf", "pictures", "--preset zero-one --channels rgb")]
    // Documented as (x - 127) / 128; (x / 255 - 0.5) / 0.5 differs by 0.4 % of the range.
    [InlineData("ultraface-rfb-320", "pictures", "--preset minus-one-one --channels rgb")]
    public void The_first_BatchNormalization_tells(string name, string data, string flags)
    {
        string path = SharedFolder.Model($"{name}.onnx");
        using InferenceModel session = InferenceModel.Load(path);
        using OnnxModel model = OnnxFile.Read(path);
        PictureInput input = PictureInput.Of(session.Inputs, new PictureOptions());
        using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(model, input.Name);
        Assert.NotNull(probe);

        PreparationChoice choice = Find(input, Pictures(data), new PreparationProbes(probe, Scores(session, input)));

        Assert.Equal(ChoiceGround.BatchNormalization, choice.ChosenBy);
        Assert.Equal(flags, choice.Flags);
        Assert.True(choice.Score < 0.1, choice.Explanation);
    }

    [SharedFolderTheory]
    [InlineData("resnet20-cifar10-folded", "imagenet")]
    [InlineData("mobilenetv2-cifar10-folded", "cifar10")]
    [InlineData("resnet8-mlperf", "raw")]
    [InlineData("vit-cifar10", "imagenet")]
    public void Class_folders_tell_where_normalizations_are_folded(string name, string preset)
    {
        using InferenceModel session = InferenceModel.Load(SharedFolder.Model($"{name}.onnx"));
        PictureInput input = PictureInput.Of(session.Inputs, new PictureOptions());

        PreparationChoice choice = Find(input, Pictures("cifar10-calib"), new PreparationProbes(null, Scores(session, input)));

        Assert.Equal(ChoiceGround.ClassAccuracy, choice.ChosenBy);
        Assert.Equal($"--preset {preset} --channels rgb", choice.Flags);
        Assert.True(choice.Score > 0.75, choice.Explanation);
    }

    [SharedFolderTheory]
    [InlineData("resnet8-mlperf", "raw")]
    public void Pictures_without_classes_tell_by_the_answers_they_get(string name, string preset)
    {
        using InferenceModel session = InferenceModel.Load(SharedFolder.Model($"{name}.onnx"));
        PictureInput input = PictureInput.Of(session.Inputs, new PictureOptions());
        using TemporaryFolder flat = new();
        foreach (string file in Directory.EnumerateFiles(SharedFolder.Data("cifar10-calib"), "*.jpg", SearchOption.AllDirectories))
            File.Copy(file, Path.Combine(flat.Path, $"{Path.GetFileName(Path.GetDirectoryName(file))}-{Path.GetFileName(file)}"));

        PreparationChoice choice = Find(
            input,
            PictureFolder.Open(flat.Path).Choose(512, 0),
            new PreparationProbes(null, Scores(session, input))
        );

        Assert.Equal(ChoiceGround.MutualInformation, choice.ChosenBy);
        AssertSame(preset, choice, input);
        Assert.True(choice.Score > 0.7, choice.Explanation);
    }

    [SharedFolderFact]
    public void Two_classes_without_folders_tell_nothing()
    {
        using InferenceModel session = InferenceModel.Load(SharedFolder.Model("vww-mlperf.onnx"));
        PictureInput input = PictureInput.Of(session.Inputs, new PictureOptions());

        Assert.Throws<UsageException>(() => Find(input, Pictures("pictures"), new PreparationProbes(null, Scores(session, input))));
    }

    [SharedFolderTheory]
    // Right under every scale.
    [InlineData("mnist-8", "digits", 10, "share of pictures classified rightly does not separate the scales (4 pictures)", "zero-one")]
    // No classes, no BatchNormalization left.
    [InlineData("fastestdet", "pictures", 0, "Nothing tells how this model wants its pictures.", "zero-one")]
    public void Where_nothing_separates_the_scales_the_candidates_are_told(string name, string data, int classes, string why, string first)
    {
        using InferenceModel session = InferenceModel.Load(SharedFolder.Model($"{name}.onnx"));
        PictureInput input = PictureInput.Of(session.Inputs, new PictureOptions());
        PreparationProbes probes = new(null, Scores(session, input), classes);

        string question = Assert.Throws<UsageException>(() => Find(input, Pictures(data), probes)).Message;
        PreparationChoice guess = Find(new PictureOptions { AcceptsGuess = true }, input, Pictures(data), probes);

        Assert.Contains(why, question);
        Assert.StartsWith($"  --preset {first} ", question.Split('\n')[1], StringComparison.Ordinal);
        Assert.Equal((first, ChoiceGround.Guess, true), (guess.Preset, guess.ChosenBy, guess.IsGuess));
    }

    [SharedFolderTheory]
    // Standardized weights and group normalization: every scale is right, and what such networks are usually fed is what this one was.
    [InlineData("bit-cifar10", "cifar10-calib", ChoiceGround.Customary, "--preset imagenet --channels rgb")]
    [InlineData("yolo-composed", "composed-calib", ChoiceGround.BuiltIn, "--preset zero-one --channels rgb")]
    // Sixteen places of a map of classes; width and height are the pictures' own.
    [InlineData("unet-shapes", "shapes-calib", ChoiceGround.MutualInformation, "--preset imagenet --channels rgb")]
    public void Networks_without_normalizations_are_prepared_rightly(string name, string data, ChoiceGround ground, string flags)
    {
        (PreparationChoice choice, _) = Opened(name, data);

        Assert.Equal((ground, flags, false), (choice.ChosenBy, choice.Flags, choice.IsGuess));
    }

    [SharedFolderFact]
    public void Pictures_for_a_network_of_free_size_keep_their_own()
    {
        (PreparationChoice choice, Sample sample) = Opened("unet-shapes", "shapes-calib");

        Assert.Equal([1, 3, 96, 96], sample.Inputs.Values.Single().Shape);
        Assert.Contains("Each keeps its own size", choice.Explanation);
    }

    [SharedFolderFact]
    public void An_ImageNet_classifier_that_no_test_decides_is_asked_about_with_the_right_one_first()
    {
        string question = Assert.Throws<UsageException>(() => Opened("efficientnet-lite0", "imagenet-calib")).Message;

        Assert.StartsWith("  --preset minus-one-one --channels rgb --resize crop ", question.Split('\n')[1], StringComparison.Ordinal);
    }

    [SharedFolderFact]
    public void Labels_tell_that_an_ImageNet_classifier_wants_the_middle_cut_out()
    {
        // 87 % of the cut and 78 % of the stretched ones are classified rightly.
        (PreparationChoice choice, _) = Opened(
            "efficientnet-lite0",
            "imagenet-val",
            new PictureOptions { Preset = PicturePreset.RawCentered },
            SharedFolder.Data("imagenet-val-labels.txt")
        );

        Assert.Equal("--preset raw-centered --channels rgb --resize crop", choice.Flags);
        Assert.Contains("Their middle is cut out, which is right more often (0.8", choice.Explanation);
    }

    [SharedFolderFact]
    public void Labels_tell_the_scale_by_how_probable_the_right_classes_are()
    {
        // As often right with several scales: 0.87 and 0.80 of 150 pictures.
        (PreparationChoice choice, _) = Opened("efficientnet-lite0", "imagenet-val", labels: SharedFolder.Data("imagenet-val-labels.txt"));

        Assert.Equal((ChoiceGround.ClassLikelihood, false, null), (choice.ChosenBy, choice.IsGuess, choice.Doubt));
        Assert.Equal("--preset minus-one-one --channels rgb --resize crop", choice.Flags);
    }

    [SharedFolderTheory]
    [InlineData("ppocrv4-rec", "ocr/lines-val", "--preset minus-one-one --channels bgr")]
    // PaddleOCR uses the means of red, green and blue for blue, green and red.
    [InlineData("ppocrv4-det", "ocr/pages-val", "--scale 0.003921569 --mean 0.485,0.456,0.406 --std 0.229,0.224,0.225 --channels bgr")]
    public void The_channel_order_of_text_networks_is_customary_where_no_test_tells_it(string name, string data, string flags)
    {
        (PreparationChoice choice, _) = Opened(name, data);

        Assert.Equal((ChoiceGround.Customary, flags, Verdict.ChannelOrder), (choice.ChosenBy, choice.Flags, choice.Doubt));
        Assert.Contains("BGR is customary for text networks from PaddlePaddle", choice.Explanation);
    }

    [SharedFolderFact]
    public void Folders_named_by_angles_are_the_two_classes_of_a_network_whose_output_has_no_shape()
    {
        using SourceModel source = SourceModel.Open(SharedFolder.Model("ppocrv5-cls.onnx"));
        DataOpening opening = new(source.Model, source.Session, source.Path, new PictureOptions(), new InputOptions(), threads: 2);
        using DataSet set = opening.Open([SharedFolder.Data("lines-turned-val")], null, 512, 0, CancellationToken.None);

        Assert.Equal(
            [(0, 60), (1, 60)],
            Enumerable.Range(0, 120).GroupBy(index => set.Samples.LabelOf(index)!.Value).Select(label => (label.Key, label.Count())).Order()
        );
    }

    private static (PreparationChoice Choice, Sample First) Opened(
        string name,
        string data,
        PictureOptions? flags = null,
        string? labels = null
    )
    {
        string path = SharedFolder.Model($"{name}.onnx");
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, flags ?? new PictureOptions(), new InputOptions(), threads: 2);
        using DataSet set = opening.Open([SharedFolder.Data(data)], labels, 512, 0, CancellationToken.None);
        return (opening.Preparation!, set.Samples.First()!);
    }

    /// <summary>The right channel order, and values within 12 % of the right ones: ImageNet's or CIFAR-10's mean and std for
    /// either.</summary>
    private static void AssertSame(string preset, PreparationChoice choice, PictureInput input)
    {
        PreparationCandidate right = Assert.Single(
            CandidateTable.For(input, new PictureOptions { Preset = PicturePreset.Parse(preset), Channels = ChannelOrder.Rgb })
        );
        Assert.True(Verdict.AreSame(right, new PreparationCandidate(choice.Preset, choice.Preparation)), choice.Explanation);
    }

    private static PictureSet Pictures(string data) => PictureFolder.Open(SharedFolder.Data(data)).Choose(512, 0);

    private static PreparationChoice Find(PictureInput input, PictureSet pictures, PreparationProbes probes) =>
        Find(new PictureOptions(), input, pictures, probes);

    private static PreparationChoice Find(PictureOptions flags, PictureInput input, PictureSet pictures, PreparationProbes probes) =>
        PreparationFinder.Find(input, flags, config: null, pictures, probes, threads: 2, CancellationToken.None);

    private static Func<TensorValue, TensorValue>? Scores(InferenceModel session, PictureInput input) =>
        session.Outputs is [{ Shape.Count: 2 } scores]
            ? prepared => session.Run(new Dictionary<string, TensorValue> { [input.Name] = prepared })[scores.Name]
            : null;
}
