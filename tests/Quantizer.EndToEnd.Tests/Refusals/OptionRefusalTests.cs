using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Options with values that nothing can be done with, on a good model with good data.</summary>
public sealed class OptionRefusalTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _data;

    public OptionRefusalTests()
    {
        _model = _workspace.Write("model.onnx", Networks.Classifier());
        _data = _workspace.WriteSamples();
    }

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("--method", "best", "auto, minmax, percentile, percentile:P")]
    [InlineData("--method", "percentile:0.5", "P from 50 to 100")]
    [InlineData("--method", "percentile:101", "P from 50 to 100")]
    [InlineData("--preset", "torch", "imagenet")]
    [InlineData("--target", "tpu", "ort-cpu")]
    [InlineData("--statistics", "some", "exact or sampled")]
    [InlineData("--weights", "per-row", "per-channel or per-tensor")]
    [InlineData("--samples", "0", "a whole number from 1")]
    [InlineData("--samples", "many", "a whole number from 1")]
    [InlineData("--size", "224*224", "such as 224x224")]
    [InlineData("--std", "0.2,0,0.2", "numbers above zero")]
    public void A_value_that_is_not_known_is_told_with_those_that_are(string option, string value, string expected) =>
        Misused([option, value], $"Option '{option}' got '{value}'; expected", expected);

    [Fact]
    public void A_misspelled_option_is_answered_with_the_nearest_one() =>
        Misused(["--exlude", "fc"], "Unknown option '--exlude'", "Did you mean '--exclude'?");

    [Fact]
    public void A_report_of_an_unknown_kind_is_refused_before_the_work() =>
        Misused(["--report", _workspace.PathOf("report.docx")], "report.docx", ".json", ".md");

    [Fact]
    public void A_report_in_a_missing_folder_is_refused_before_the_work() =>
        Misused(["--report", _workspace.PathOf("nowhere/report.json")], "nowhere", "does not exist; create it first");

    [Theory]
    [InlineData("--exclude", "/layer9/*")]
    [InlineData("--include", "nothing*")]
    [InlineData("--exclude-op", "Convolution")]
    public void A_pattern_that_matches_nothing_is_named(string option, string pattern) =>
        Failed([option, pattern], $"'{pattern}'", "match");

    [Fact]
    public void An_output_in_a_missing_folder_is_refused() =>
        Failed(["-o", _workspace.PathOf("nowhere/out.onnx")], "nowhere' does not exist", "Create it, or give another file with -o");

    [Fact]
    public void An_output_that_is_a_folder_is_refused_with_a_file_in_it()
    {
        string folder = _workspace.Folder("results");

        Failed(["-o", folder], "results' is a folder; a file was expected", "results/model.int8.onnx");
    }

    [Fact]
    public void A_labels_file_that_names_no_row_is_refused_rather_than_ignored() =>
        Failed(["--labels", _workspace.Write("labels.txt", "a 1\n")], "labels.txt' names none of the samples", "'row 0'");

    [Fact]
    public void Missing_arguments_are_told_with_an_example()
    {
        Refusal.IsWrongUsage(_workspace, [_model], "Option '--calib' is missing", "Example: quantize model.onnx --calib ./images");
        Refusal.IsWrongUsage(_workspace, ["compare", _model, _model], "Option '--data' is missing", "Example: quantize compare");
        Refusal.IsWrongUsage(_workspace, ["compare", _model, "--data", _data], "INT8 is missing", "Example: quantize compare");
        Refusal.IsWrongUsage(_workspace, ["inspect"], "MODEL is missing", "Example: quantize inspect");
    }

    private void Failed(string[] options, params string[] fragments) =>
        Refusal.IsFailure(_workspace, [_model, "--calib", _data, .. options], fragments);

    private void Misused(string[] options, params string[] fragments) =>
        Refusal.IsWrongUsage(_workspace, [_model, "--calib", _data, .. options], fragments);
}
