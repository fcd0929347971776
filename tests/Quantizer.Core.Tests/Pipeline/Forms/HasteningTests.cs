using Quantizer.Core.Tests.Speed;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Forms;
using Quantizer.Ranges.Selectors;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Forms;

public sealed class HasteningTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nodes_that_another_run_found_faster_in_float_are_so_again_and_told()
    {
        SlowNodesReport known = new(["Conv_b"], Before: 0.9, After: 1.2);

        QuantizationReport report = Run("one.onnx", known),
            again = Run("two.onnx", report.SlowNodes);

        NodeReport node = Assert.Single(report.Nodes, node => node.OpType == "Conv" && node.Decision != NodeDecision.Int8);
        Assert.Equal(("Conv_b", NodeDecision.Stored), (node.Name, node.Decision));
        Assert.Equal("measured on this processor: with it in integers the network takes longer", node.Reason);
        Assert.Contains(
            report.Findings,
            finding =>
                finding.Code == "QZ109"
                && finding.Message
                    == "Of 1 node integers took longer than float on this processor ('Conv_b'), and they compute in float: "
                        + "1.20x instead of 0.90x."
        );
        Assert.Equal(report.Manifest!.Int8Sha256, again.Manifest!.Int8Sha256);
    }

    [Fact]
    public void Integers_that_are_to_be_kept_are_not_measured() => Assert.Null(Run("kept.onnx", known: null).SlowNodes);

    [Fact]
    public void What_was_measured_is_kept_for_the_processor_and_taken_again()
    {
        QuantizationReport first = Run("first.onnx", known: null, SlowIntegers.Measured);
        string kept = Assert.Single(Directory.GetFiles(_folder.File("speed")));
        File.WriteAllText(kept, "{\"nodes\": [\"Conv_c\"], \"before\": 0.5, \"after\": 1.5}");

        QuantizationReport second = Run("second.onnx", known: null, SlowIntegers.Measured);

        Assert.NotEqual(["Conv_c"], first.SlowNodes?.Nodes ?? []);
        Assert.Equal(["Conv_c"], second.SlowNodes!.Nodes);
        Assert.Equal("Conv_c", Assert.Single(second.Nodes, node => node.OpType == "Conv" && node.Decision != NodeDecision.Int8).Name);
        // Other sizes, processors and models have files of their own.
        Assert.Equal([kept], Directory.GetFiles(_folder.File("speed")));
    }

    [Fact]
    public void What_cannot_be_read_is_measured_and_written_anew()
    {
        SpeedMemory memory = new(_folder.File("speed"));
        SpeedDecision decision = new(new SlowNodesReport(["a", "b\n\"c\""], Before: 1.25, After: 1.5), Unnoticed: 1.01);
        Directory.CreateDirectory(_folder.File("speed"));
        File.WriteAllText(_folder.File("speed/broken.json"), "{\"nodes\": 3}");

        memory.Keep("key", decision);

        SpeedDecision recalled = memory.Recall("key")!;
        Assert.Equal(decision.SlowNodes!.Nodes, recalled.SlowNodes!.Nodes);
        Assert.Equal((1.25, 1.5, 1.01), (recalled.SlowNodes.Before, recalled.SlowNodes.After, recalled.Unnoticed!.Value));
        Assert.Null(memory.Recall("broken"));
        // What a busy machine decided does not last.
        memory.Keep("busy", decision with { IsSettled = false });
        Assert.Null(memory.Recall("busy"));
        memory.Keep("busy", decision);
        Assert.NotNull(memory.Recall("busy"));
        Assert.Null(memory.Recall("none"));
        Assert.Null(new SpeedMemory(folder: null).Recall("key"));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_costs_nothing_but_the_next_measurement()
    {
        string blocked = _folder.Write("blocked", "a file"u8);
        SpeedMemory memory = new(Path.Combine(blocked, "speed"));

        memory.Keep("key", new SpeedDecision(SlowNodes: null, Unnoticed: null));

        Assert.Null(memory.Recall("key"));
    }

    private QuantizationReport Run(string output, SlowNodesReport? known, SlowIntegers slow = SlowIntegers.Kept)
    {
        // Whatever the processor does with integers, they gain less than a quarter of the whole.
        OnnxFile.Write(ThreeConvolutions.Build(functions: 24), _folder.File("model.onnx"));
        _folder.Write("x.npz", DataFiles.Npz("x", [1, 32, 16, 16], [.. ThreeConvolutions.Rows(4)]));
        return QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = _folder.File("model.onnx"),
                CalibrationPaths = [_folder.File("x.npz")],
                OutputPath = _folder.File(output),
                Method = RangeMethod.MinMax,
                SlowIntegers = slow,
                SpeedFolder = _folder.File("speed"),
                KnownSlowNodes = known,
            }
        );
    }
}
