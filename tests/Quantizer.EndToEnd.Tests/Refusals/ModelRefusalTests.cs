using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.EndToEnd.Tests.Refusals;

/// <summary>Files that cannot be quantized, each with good data.</summary>
public sealed class ModelRefusalTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _data;

    public ModelRefusalTests() => _data = _workspace.WriteSamples();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_missing_model_is_named_with_the_place_it_was_looked_for() =>
        Refused(_workspace.PathOf("missing.onnx"), "missing.onnx' does not exist", "Check the path");

    [Fact]
    public void A_model_in_a_missing_folder_is_told_as_missing() =>
        Refused(_workspace.PathOf("nowhere/model.onnx"), "nowhere/model.onnx' does not exist", "Check the path");

    [Fact]
    public void A_folder_is_no_model() =>
        Refused(_workspace.Folder("models.onnx"), "models.onnx' is a folder", "Name the .onnx file in it");

    [Fact]
    public void A_text_file_is_recognized_as_one() =>
        Refused(
            _workspace.Write("notes.onnx", "These are no weights.\nThey are notes.\n"),
            "notes.onnx' is no ONNX model",
            "it is a text file",
            "give a binary .onnx file"
        );

    [Fact]
    public void An_empty_file_is_told_as_empty() => Refused(_workspace.Write("empty.onnx", ""), "empty.onnx' is empty", "export it again");

    [Theory]
    [InlineData(1)]
    [InlineData(50)]
    [InlineData(95)]
    public void A_truncated_model_is_no_model(int percent)
    {
        byte[] whole = OnnxFile.ToBytes(Networks.Classifier());
        Refused(_workspace.Write("cut.onnx", whole.AsSpan(0, whole.Length * percent / 100)), "cut.onnx'", "ownload");
    }

    [Fact]
    public void An_operator_of_a_custom_library_is_named_with_its_domain() =>
        Refused(
            _workspace.Write(
                "custom.onnx",
                Networks.WithLastNode(new Node("Whirl", ["logits"], ["whirled"], "whirl", "com.example"), new OperatorSet("com.example", 1))
            ),
            "custom.onnx'",
            "operator 'Whirl' of domain 'com.example'",
            "standard operators"
        );

    [Fact]
    public void An_operator_that_the_standard_does_not_have_is_named() =>
        Refused(
            _workspace.Write("unknown.onnx", Networks.WithLastNode(new Node("Whirl", ["logits"], ["whirled"], "whirl"))),
            "unknown.onnx'",
            "operator 'Whirl'",
            "Re-export the model"
        );

    [Fact]
    public void A_model_that_is_quantized_already_is_not_quantized_twice()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier());
        CommandLine.Run(model, "--calib", _data, "--quiet").MustSucceed();

        Refused(_workspace.PathOf("model.int8.onnx"), "quantized already", "it holds ", "QuantizeLinear", "Give the FP32 model");
    }

    [Fact]
    public void A_model_of_a_future_operator_set_names_the_newest_one_that_is_read()
    {
        OnnxModel model = Networks.Classifier();
        model.OperatorSets.Clear();
        model.OperatorSets.Add(new OperatorSet("", 99));

        Refused(_workspace.Write("future.onnx", model), "future.onnx'", "version 99", "Re-export the model with opset");
    }

    [Fact]
    public void Inspecting_and_comparing_refuse_the_same_files()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier());
        string text = _workspace.Write("notes.onnx", "no weights\n");

        Refusal.IsFailure(_workspace, ["inspect", text], "notes.onnx' is no ONNX model", "it is a text file");
        Refusal.IsFailure(_workspace, ["compare", model, text, "--data", _data], "notes.onnx' is no ONNX model", "it is a text file");
        Refusal.IsFailure(
            _workspace,
            ["compare", _workspace.PathOf("missing.onnx"), model, "--data", _data],
            "missing.onnx' does not exist"
        );
    }

    [Fact]
    public void Models_of_other_networks_cannot_be_compared()
    {
        string model = _workspace.Write("model.onnx", Networks.Classifier());
        string wider = _workspace.Write(
            "wider.onnx",
            Networks.WithLastNode(
                new Node("Concat", ["logits", "logits"], ["twice"], "twice") { Attributes = [NodeAttribute.Of("axis", 1)] }
            )
        );
        OnnxModel two = Networks.Classifier();
        two.Graph.Outputs.Add(new ValueInfo("flat", ElementType.Float, null));
        string more = _workspace.Write("more.onnx", two);

        Refusal.IsFailure(
            _workspace,
            ["compare", model, wider, "--data", _data],
            "Output 'logits' has 4 values",
            "8 in the INT8 model",
            "not the same network"
        );
        Refusal.IsFailure(
            _workspace,
            ["compare", model, more, "--data", _data],
            "has 1 outputs and the INT8 model 2",
            "must be the same network"
        );
    }

    private void Refused(string model, params string[] fragments) => Refusal.IsFailure(_workspace, [model, "--calib", _data], fragments);
}
