using Quantizer.Graphs;
using Quantizer.Ranges.Selectors;
using Quantizer.Testing;

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
        string? fault = null;
        new NetworkJudge(_folder).Judge(
            Path.Combine(folder, "model.onnx"),
            Path.Combine(folder, "test_data_set_0"),
            samples: 1,
            RangeMethod.MinMax,
            (data, original, int8) =>
            {
                IReadOnlyDictionary<string, TensorValue> expected = original.Run(data.FirstInputs),
                    found = int8.Run(data.FirstInputs);
                fault = expected
                    .Where(output =>
                        !output.Value.Shape.SequenceEqual(found[output.Key].Shape) || output.Value.Type != found[output.Key].Type
                    )
                    .Select(output => $"output {output.Key} has another shape or type")
                    .FirstOrDefault();
            }
        );
        return fault;
    }

    private sealed class SuiteTheoryAttribute : TheoryAttribute
    {
        public SuiteTheoryAttribute()
        {
            if (!Directory.Exists(Suite))
                Skip = $"There is no ONNX backend suite at '{Suite}'.";
        }
    }
}
