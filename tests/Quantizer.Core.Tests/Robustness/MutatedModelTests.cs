using System.Diagnostics;
using System.Globalization;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>
/// Damaged models are quantized, or refused in plain words: no crash, no hang, no memory without bounds. QUANTIZER_MUTATED_MODELS says
/// how many; a nightly run tries thousands.
/// </summary>
public sealed class MutatedModelTests : IDisposable
{
    private const int Batches = 4;
    private const int Sources = 40;

    /// <summary>The largest of the networks takes a second on a busy machine.</summary>
    private static readonly TimeSpan Hanging = TimeSpan.FromSeconds(60);

    private const long MostBytes = 1L << 30;

    /// <summary>The outputs of both models, and what compares them.</summary>
    private const int MostCopies = 6;

    private static readonly int Models = int.Parse(
        Environment.GetEnvironmentVariable("QUANTIZER_MUTATED_MODELS") ?? "200",
        CultureInfo.InvariantCulture
    );

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> AllBatches => [.. Enumerable.Range(0, Batches)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(AllBatches))]
    public void Each_is_quantized_or_refused_in_plain_words(int batch)
    {
        List<string> faults = [];
        int refused = 0;
        for (int seed = batch; seed < Models; seed += Batches)
        {
            long before = GC.GetAllocatedBytesForCurrentThread(),
                start = Stopwatch.GetTimestamp();
            try
            {
                Quantize(seed);
            }
            catch (Exception refusal)
                when (refusal is QuantizationException or ModelFormatException && !refusal.Message.Contains("bug", StringComparison.Ordinal)
                )
            {
                refused++;
            }
            catch (Exception error)
            {
                faults.Add($"{seed}: {error}");
            }
            if (Stopwatch.GetElapsedTime(start) > Hanging)
                faults.Add($"{seed}: took {Stopwatch.GetElapsedTime(start)}");
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (allocated > MostBytes && allocated > MostCopies * LargestActivations)
                faults.Add($"{seed}: allocated {allocated} bytes");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.InRange(refused, Models / Batches / 4, Models / Batches - 1);
    }

    /// <summary>Of the model at hand: a Tile may well ask for a gigabyte.</summary>
    private long LargestActivations => QuantizationPipeline.Inspect(Source).Activations?.Bytes ?? 0;

    private string Source => _folder.File("source.onnx");

    private void Quantize(int seed)
    {
        Random random = new(seed);
        RandomNetwork network = RandomNetwork.Of(seed % Sources);
        string path = Source;
        if (seed / Batches % 2 == 0)
        {
            OnnxFile.Write(network.Model, path);
            File.WriteAllBytes(path, ModelMutation.OfBytes(File.ReadAllBytes(path), random));
        }
        else
        {
            File.WriteAllBytes(path, ModelMutation.OfFields(network.Model, random, path));
        }
        float[][] samples = [.. Enumerable.Range(0, 2).Select(sample => NetworkJudge.Values(network.InputShape, sample))];
        new NetworkJudge(_folder).SqnrDb(path, network.InputShape, samples);
    }
}
