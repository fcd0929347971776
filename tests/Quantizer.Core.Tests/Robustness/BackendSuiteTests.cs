using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;
using Quantizer.Testing;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>
/// The single-operator models of the ONNX backend suite with their inputs, where they are installed (Debian: libonnx-testdata; or
/// QUANTIZER_ONNX_SUITE names the folder): each is quantized and gives what it gave, or is refused in plain words.
/// </summary>
public sealed class BackendSuiteTests : IDisposable
{
    private const int Parts = 8;

    /// <summary>Sequences, strings, NaN on purpose, models that are quantized already and operator sets before 7: one in ten.</summary>
    private const int QuantizedForEachRefused = 5;

    private static readonly string Suite =
        Environment.GetEnvironmentVariable("QUANTIZER_ONNX_SUITE") ?? "/usr/share/libonnx-testdata/data/node";

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> AllParts => [.. Enumerable.Range(0, Parts)];

    public void Dispose() => _folder.Dispose();

    [SuiteTheory]
    [MemberData(nameof(AllParts))]
    public void Each_is_quantized_or_refused_in_plain_words(int part)
    {
        string[] all = [.. Directory.EnumerateDirectories(Suite).Order(StringComparer.Ordinal)];
        List<string> faults = [];
        int quantized = 0,
            refused = 0;
        for (int i = part; i < all.Length; i += Parts)
        {
            try
            {
                if (FaultOf(all[i]) is { } fault)
                    faults.Add($"{Path.GetFileName(all[i])}: {fault}");
                else
                    quantized++;
            }
            catch (QuantizationException refusal) when (!refusal.Message.Contains("bug", StringComparison.Ordinal))
            {
                refused++;
            }
            catch (Exception error)
            {
                faults.Add($"{Path.GetFileName(all[i])}: {error.GetType().Name}: {error.Message}");
            }
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(quantized > QuantizedForEachRefused * refused, $"{refused} refused, {quantized} quantized.");
    }

    private string? FaultOf(string folder)
    {
        string path = Path.Combine(folder, "model.onnx"),
            written = _folder.File("int8.onnx");
        using SourceModel source = SourceModel.Open(path);
        PlacedModel placed = Placer.Place(ModelNormalizer.Normalize(source.Model), QuantizationOptionsFor(path).Target.Target);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 1);
        using DataSet data = opening.Open([Path.Combine(folder, "test_data_set_0")], labelsPath: null, 1, seed: 0, CancellationToken.None);
        StageRunner stages = new(new UnheardProgress(), CancellationToken.None);
        QuantizedRun run = new Quantization(QuantizationOptionsFor(path), null, stages).Run(placed, data);
        ModelVerifier.Verify(run.Quantized, run.Work);
        OnnxFile.Write(run.Quantized.Model, written);
        using InferenceModel int8 = InferenceModel.Load(written);
        IReadOnlyDictionary<string, TensorValue> inputs = data.FirstInputs,
            expected = source.Session.Run(inputs),
            found = int8.Run(inputs);
        foreach ((string name, TensorValue value) in expected)
        {
            if (!value.Shape.SequenceEqual(found[name].Shape) || value.Type != found[name].Type)
                return $"output {name} has another shape or type";
        }
        return null;
    }

    private static QuantizationOptions QuantizationOptionsFor(string path) =>
        new()
        {
            ModelPath = path,
            CalibrationPaths = ["data"],
            Method = RangeMethod.MinMax,
            WeightRanges = WeightRangeMethod.MinMax,
        };

    private sealed class SuiteTheoryAttribute : TheoryAttribute
    {
        public SuiteTheoryAttribute()
        {
            if (!Directory.Exists(Suite))
                Skip = $"There is no ONNX backend suite at '{Suite}'.";
        }
    }
}
