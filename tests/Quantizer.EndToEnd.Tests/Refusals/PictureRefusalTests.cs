using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Folders of pictures that cannot be used, or not wholly.</summary>
public sealed class PictureRefusalTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;

    public PictureRefusalTests() => _model = _workspace.Write("model.onnx", Networks.Classifier());

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_missing_path_is_named_with_what_may_stand_there() =>
        Refused(_workspace.PathOf("nowhere"), "nowhere' does not exist", "Give a folder of pictures or data files, or a .npz, .npy");

    [Fact]
    public void An_empty_folder_is_told_as_empty() =>
        Refused(_workspace.Folder("pictures"), "pictures' holds no files", "Expected JPEG, PNG");

    [Fact]
    public void A_folder_without_pictures_tells_what_it_holds()
    {
        _workspace.Write("pictures/readme.md", "no picture");
        _workspace.Write("pictures/table.xls", "1,2");

        Refused(_workspace.PathOf("pictures"), "holds 2 files, none of them a picture", "Expected JPEG, PNG");
    }

    [Fact]
    public void A_single_picture_is_answered_with_its_folder() =>
        Refused(
            _workspace.Write("a.png", DrawnPictures.Png(1)),
            "a.png' is a file of kind '.png'",
            "Give the folder that holds the pictures"
        );

    [Fact]
    public void Only_broken_pictures_are_no_data()
    {
        for (int i = 0; i < 5; i++)
            _workspace.Write($"pictures/{i}.png", "no picture at all");

        Refused(_workspace.PathOf("pictures"), "pictures': none of", "can be read", "0.png", "Give data that the model was made for");
    }

    [Fact]
    public void More_broken_pictures_than_good_ones_are_no_data()
    {
        for (int i = 0; i < 5; i++)
            _workspace.Write($"pictures/broken{i}.png", "no picture at all");
        for (int i = 0; i < 2; i++)
            _workspace.Write($"pictures/good{i}.png", DrawnPictures.Png(i));

        Refusal.IsFailure(
            _workspace,
            [_model, "--calib", _workspace.PathOf("pictures"), "--preset", "raw"],
            "5 of 7 samples cannot be read, more than half",
            "broken0.png",
            "Remove the broken ones or give other data"
        );
    }

    [Fact]
    public void Some_broken_pictures_are_named_and_left_out()
    {
        string pictures = _workspace.WritePictures();
        _workspace.Write("pictures/class1/torn.png", DrawnPictures.Png(3).AsSpan(0, 200));
        _workspace.Write("pictures/class2/words.jpg", "no picture at all");

        ProgramResult result = CommandLine.Run(_model, "--calib", pictures, "--preset", "raw", "--json").MustSucceed();

        var calibration = result.Json().GetProperty("data").GetProperty("calibration");
        Assert.Equal(16, calibration.GetProperty("samples").GetInt32());
        Assert.Equal(
            ["class1/torn.png", "class2/words.jpg"],
            calibration.GetProperty("skipped").EnumerateArray().Select(file => file.GetProperty("file").GetString())
        );
        Assert.All(calibration.GetProperty("skipped").EnumerateArray(), file => Assert.NotEmpty(file.GetProperty("reason").GetString()!));
        Assert.Contains("torn.png", result.Error);
    }

    [Fact]
    public void A_picture_bomb_is_left_out_before_a_byte_of_it_is_decoded()
    {
        string pictures = _workspace.WritePictures();
        _workspace.Write("pictures/class0/bomb.png", DrawnPictures.Bomb(60000, 60000));
        long before = GC.GetTotalAllocatedBytes();

        ProgramResult result = CommandLine.Run(_model, "--calib", pictures, "--preset", "raw", "--json").MustSucceed();

        string skipped = result.Json().GetProperty("data").GetProperty("calibration").GetProperty("skipped")[0].ToString();
        Assert.Contains("class0/bomb.png", skipped);
        Assert.Contains("60000 x 60000", skipped);
        // Decoded it would be 14.4 GB.
        Assert.True(GC.GetTotalAllocatedBytes() - before < 2L << 30);
    }

    [Fact]
    public void Only_a_picture_bomb_is_no_data()
    {
        _workspace.Write("pictures/bomb.png", DrawnPictures.Bomb(60000, 60000));

        Refused(_workspace.PathOf("pictures"), "bomb.png", "60000 x 60000 pixels", "megapixels are decoded");
    }

    [Fact]
    public void A_model_that_takes_no_pictures_asks_for_arrays()
    {
        string model = _workspace.Write("perceptron.onnx", Networks.Perceptron());

        Refusal.IsFailure(
            _workspace,
            [model, "--calib", _workspace.WritePictures()],
            "Input 'x' has the shape [batch, 8]",
            "pictures need four axes",
            ".npz"
        );
    }

    [Fact]
    public void A_missing_labels_file_is_named() =>
        RefusedLabels(_workspace.PathOf("labels.txt"), "labels file", "labels.txt' cannot be read");

    [Fact]
    public void Labels_of_other_pictures_are_told_with_an_example_of_both() =>
        RefusedLabels(
            _workspace.Write("labels.txt", "other/0.png 1\n"),
            "names none of the pictures",
            "'other/0.png'",
            "'class0/0.png'",
            "Paths are relative to the data folder"
        );

    [Fact]
    public void A_label_that_is_no_class_index_is_told_with_its_line() =>
        RefusedLabels(
            _workspace.Write("labels.txt", "class0/0.png 1\nclass0/1.png cat\n"),
            "line 2",
            "'class0/1.png cat'",
            "its class index"
        );

    [Fact]
    public void A_class_that_the_model_does_not_have_is_told_with_the_number_of_classes()
    {
        string labels = _workspace.Write("labels.txt", "class0/0.png 1\nclass0/1.png 99\n");

        RefusedLabels(labels, "'class0/1.png' has class 99", "'logits' scores 4 classes, 0 to 3");
    }

    [Fact]
    public void Wrong_evaluation_data_are_told_before_the_work()
    {
        string pictures = _workspace.WritePictures();

        Refusal.IsFailure(
            _workspace,
            [_model, "--calib", pictures, "--preset", "raw", "--eval", _workspace.PathOf("nowhere")],
            "nowhere' does not exist"
        );
        Refusal.IsFailure(
            _workspace,
            [_model, "--calib", pictures, "--preset", "raw", "--eval", pictures, "--labels", _workspace.PathOf("none.txt")],
            "none.txt' cannot be read"
        );
    }

    private void Refused(string data, params string[] fragments) => Refusal.IsFailure(_workspace, [_model, "--calib", data], fragments);

    private void RefusedLabels(string labels, params string[] fragments) =>
        Refusal.IsFailure(_workspace, [_model, "--calib", _workspace.WritePictures(), "--preset", "raw", "--labels", labels], fragments);
}
