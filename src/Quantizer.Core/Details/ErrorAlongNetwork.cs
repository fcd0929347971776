using Quantizer.Execution.Pieces;
using Quantizer.Kernels;
using Quantizer.Reporting.Details;
using Quantizer.Samples;

namespace Quantizer.Details;

/// <summary>
/// The error along a network: both networks are run side by side, some tensors at a time, so that never more is in memory than one
/// piece of each for a sample and, between two pieces, what later ones read. Which samples count depends on the data and the network
/// alone, not on time or threads.
/// </summary>
internal sealed class ErrorAlongNetwork(PairedNetworks networks, SampleWorkers workers, CancellationToken cancellation)
{
    /// <summary>A ratio of sums over whole tensors changes little with more.</summary>
    public const int MostSamples = 32;

    /// <summary>With every tensor given out and each node's own part, a sample costs some four times what it costs the
    /// comparison: with a quarter of its samples this costs no more.</summary>
    private const int ShareOfCompared = 4;

    private const int FewestSamples = 4;

    /// <summary>Few enough that a piece's tensors fit beside each other, enough that opening pieces does not cost more than running
    /// them.</summary>
    private const int TensorsAtOnce = 16;

    /// <summary>What lives between two pieces, of all samples. Of samples for which there is no room nothing counts.</summary>
    private const long MostBytes = 128L << 20;

    /// <summary>What <see cref="Measure"/> tells the number of.</summary>
    public static int PiecesOf(PairedNetworks networks) => (networks.Tensors.Count + TensorsAtOnce - 1) / TensorsAtOnce;

    /// <summary>How many of compared samples are run.</summary>
    public static int CountOf(int compared) => Math.Min(compared, Math.Clamp(compared / ShareOfCompared, FewestSamples, MostSamples));

    /// <param name="samples">Taken evenly from all; those that cannot be read are left out.</param>
    /// <param name="predicted">What rounding a tensor alone was expected to cost, in dB; null where it is not known.</param>
    /// <param name="done">Hears the number of pieces done.</param>
    /// <exception cref="QuantizationException">The networks cannot be run in pieces.</exception>
    public IReadOnlyList<TensorError> Measure(SampleReader<Sample> samples, Func<string, double?> predicted, Action<int> done)
    {
        CommonTensor[][] waves = [.. networks.Tensors.Chunk(TensorsAtOnce)];
        using PairedStreams streams = new(networks, samples.Spread(CountOf(samples.Count)));
        OwnPart?[][] parts = [.. waves.Select(wave => wave.Select(networks.OwnPartOf).ToArray())];
        IReadOnlyList<ModelPiece> fp32 = ModelPiece.Cut(networks.Fp32.Graph, [.. waves.Select((wave, i) => Wanted(wave, parts[i]))]),
            int8 = ModelPiece.Cut(networks.Int8.Graph, [.. waves.Select(wave => wave.Select(tensor => tensor.Int8).ToArray())]);
        List<(CommonTensor Tensor, SampleErrors[] Samples)> measured = [];
        for (int wave = 0; wave < waves.Length && streams.Count > 0; wave++)
        {
            cancellation.ThrowIfCancellationRequested();
            SampleErrors[][] errors = streams.Run(new PairedPiece(fp32[wave], int8[wave], waves[wave], parts[wave]), workers);
            for (int tensor = 0; tensor < waves[wave].Length; tensor++)
                measured.Add((waves[wave][tensor], [.. errors.Select(sample => sample[tensor])]));
            streams.LetGo(MostBytes);
            done(wave + 1);
        }
        return [.. measured.Select(tensor => ErrorOf(tensor.Tensor, tensor.Samples.Take(streams.Count), predicted)).OfType<TensorError>()];
    }

    private static string[] Wanted(CommonTensor[] wave, OwnPart?[] parts) =>
        [.. wave.Select(tensor => tensor.Name).Concat(parts.SelectMany(part => part?.Inputs ?? [])).Distinct()];

    private static TensorError? ErrorOf(CommonTensor tensor, IEnumerable<SampleErrors> samples, Func<string, double?> predicted)
    {
        SampleErrors total = samples.Aggregate(default(SampleErrors), (sum, sample) => sum + sample);
        // What holds no floats, or other ones in the other network, has no error.
        return total.Whole.Values == 0
            ? null
            : new TensorError(
                tensor.Name,
                tensor.Node,
                Ratio(total.Whole),
                total.Own is { } own ? Ratio(own) : null,
                predicted(tensor.Name)
            );
    }

    private static double? Ratio(DifferenceSums sums) => sums.Error == 0 ? null : sums.SqnrDb;
}
