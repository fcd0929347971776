using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

public class UndecidedTests
{
    [Theory]
    [InlineData(TensorLayout.Nchw, 224, 1000, "imagenet minus-one-one zero-one caffe raw")]
    [InlineData(TensorLayout.Nhwc, 224, 1001, "minus-one-one caffe raw zero-one imagenet")]
    [InlineData(TensorLayout.Nchw, 32, 10, "cifar10 imagenet zero-one minus-one-one raw caffe")]
    [InlineData(TensorLayout.Nchw, 64, 1000, "imagenet minus-one-one zero-one caffe raw")]
    [InlineData(TensorLayout.Nchw, 640, 0, "zero-one imagenet minus-one-one raw caffe")]
    public void What_such_networks_usually_want_comes_first(TensorLayout layout, int side, int classes, string order)
    {
        PictureInput input = new("x", ElementType.Float, layout, 3, side, side);

        IReadOnlyList<PreparationCandidate> ranking = CustomaryPreparations.InOrder(
            CandidateTable.For(input, new PictureOptions()),
            NetworkKind.Of(input, classes)
        );

        Assert.Equal(order.Split(' '), ranking.Select(candidate => candidate.Preset));
    }

    [Fact]
    public void Every_preset_has_a_reason_of_its_own()
    {
        PictureInput coloured = new("x", ElementType.Float, TensorLayout.Nchw, 3, 8, 8),
            gray = coloured with { Channels = 1 };
        PreparationCandidate[] all =
        [
            .. CandidateTable.For(coloured, new PictureOptions()),
            .. CandidateTable.For(gray, new PictureOptions()),
        ];

        string[] reasons = [.. all.DistinctBy(candidate => candidate.Preset).Select(CustomaryPreparations.ReasonFor)];

        Assert.Equal(PicturePreset.All.Count, reasons.Distinct().Count());
        Assert.DoesNotContain("the values as given", reasons);
    }

    [Fact]
    public void The_question_lists_each_candidate_with_its_flags_and_why()
    {
        PictureInput input = new("x", ElementType.Float, TensorLayout.Nchw, 3, 224, 224);

        Undecided undecided = new(
            NetworkKind.Of(input, 1000),
            CandidateTable.For(input, new PictureOptions()),
            verdict: null,
            ground: null
        );

        Assert.True(undecided.IsScaleOpen);
        Assert.Equal(
            """
            Nothing tells how this model wants its pictures. A wrong preparation makes a worthless result, so say the right one; likeliest first:
              --preset imagenet --channels rgb       0..1 less ImageNet's mean, by its deviation: most classifiers and backbones from PyTorch
              --preset minus-one-one --channels rgb  -1..1: Inception, MobileNet and other networks from TensorFlow, text readers, faces
              --preset zero-one --channels rgb       0..1: YOLO and most other detectors, small networks of all kinds
              --preset caffe --channels bgr          0..255 less the mean colour: networks from Caffe, ResNet and VGG from Keras
              --preset raw --channels rgb            0..255: networks that scale by themselves, some from Keras and the ONNX model zoo
              --preset guess                         goes on with the first; every accuracy figure is then marked as resting on a guess
            """.ReplaceLineEndings("\n"),
            undecided.Question
        );
        Assert.Equal(
            "Nothing tells how this model wants its pictures. imagenet in RGB is a guess: 0..1 less ImageNet's mean, by its deviation: "
                + "most classifiers and backbones from PyTorch. A wrong preparation makes a worthless result.",
            undecided.Guess.Explanation
        );
        Assert.Equal("--preset imagenet --channels rgb", undecided.Guess.Flags);
        Assert.Equal(
            ["--preset minus-one-one --channels rgb", "--preset zero-one --channels rgb", "--preset caffe --channels bgr"],
            undecided.Guess.OtherFlags
        );
    }

    [Fact]
    public void Why_the_model_cannot_tell_is_told_before_the_candidates()
    {
        PictureInput input = new("x", ElementType.Float, TensorLayout.Nchw, 3, 48, 48);

        Undecided undecided = new(NetworkKind.Of(input, 10), CandidateTable.For(input, new PictureOptions()), null, null)
        {
            Remark = "It drops values.",
        };

        Assert.StartsWith("Nothing tells how this model wants its pictures. It drops values. A wrong", undecided.Question);
        Assert.Contains("It drops values.", undecided.Guess.Explanation);
        Assert.Contains("\n  --preset imagenet --channels rgb ", undecided.Question);
    }

    [Fact]
    public void What_a_test_measured_comes_before_custom_and_is_told()
    {
        PictureInput input = new("x", ElementType.Float, TensorLayout.Nchw, 1, 28, 28);
        PreparationCandidate[] all = [.. CandidateTable.For(input, new PictureOptions())];
        PreparationCandidate raw = all.Single(candidate => candidate.Preset == "raw"),
            mnist = all.Single(candidate => candidate.Preset == "mnist"),
            zeroOne = all.Single(candidate => candidate.Preset == "zero-one");
        Verdict verdict = new(raw, 1, mnist, 0.75, Verdict.Scale, 4, [(raw, 1), (mnist, 0.75), (zeroOne, 0.75)]) { Level = [raw] };

        Undecided undecided = new(NetworkKind.Of(input, 10), all, verdict, ChoiceGround.ClassAccuracy);

        Assert.Equal(raw, undecided.Likeliest);
        Assert.StartsWith(
            "Nothing tells surely how this model wants its pictures: share of pictures classified rightly does not separate the scales (4 "
                + "pictures). ",
            undecided.Question,
            StringComparison.Ordinal
        );
        Assert.Equal(
            ["raw", "zero-one", "mnist", "guess"],
            undecided.Question.Split('\n').Skip(1).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
        );
        Assert.Contains("model zoo (measured 1)", undecided.Question);
        Assert.Contains("(measured 0.75)", undecided.Question);
    }

    [Fact]
    public void Custom_orders_those_that_a_test_does_not_rank()
    {
        PictureInput input = new("x", ElementType.Float, TensorLayout.Nchw, 3, 32, 32);
        PreparationCandidate[] all = [.. CandidateTable.For(input, new PictureOptions { Channels = ChannelOrder.Rgb })];
        PreparationCandidate caffe = all.Single(candidate => candidate.Preset == "caffe"),
            cifar = all.Single(candidate => candidate.Preset == "cifar10");
        Verdict verdict = new(caffe, 0.9, cifar, 0.89, Verdict.Scale, 64, [(caffe, 0.9), (cifar, 0.89)]) { Level = [caffe, cifar] };

        Assert.Equal(cifar, new Undecided(NetworkKind.CifarClassifier, all, verdict, ChoiceGround.ClassAccuracy).Likeliest);
    }

    [Fact]
    public void A_channel_order_alone_leaves_no_scale_open()
    {
        PictureInput bytes = new("x", ElementType.UInt8, TensorLayout.Nchw, 3, 8, 8);

        Assert.False(new Undecided(NetworkKind.Other, CandidateTable.For(bytes, new PictureOptions()), null, null).IsScaleOpen);
    }
}
