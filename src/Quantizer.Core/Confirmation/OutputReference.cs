using System.Buffers.Binary;
using System.Security.Cryptography;
using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Confirmation;

/// <summary>
/// Some calibration samples with the FP32 network's outputs, to try plans on. Which samples, and the order their errors are
/// summed in, depends on their contents alone: neither the order of the data nor the number of workers shows.
/// </summary>
internal sealed class OutputReference
{
    /// <summary>More samples change the mean error of an output by less than plans differ.</summary>
    private const int MostSamples = 128;

    /// <summary>Inputs and outputs are kept in memory up to here; networks with large outputs get fewer samples.</summary>
    private const long MostBytes = 256L << 20;

    private const int FewestSamples = 8;

    /// <summary>The precision of a float: 24 bits at 6.02 dB each.</summary>
    private const double MostDb = 144.5;

    private readonly List<(Sample Sample, float[][] Outputs)> _records;
    private readonly IReadOnlyList<string> _outputs;
    private readonly ParallelOptions _parallel;

    private OutputReference(List<(Sample, float[][])> records, IReadOnlyList<string> outputs, ParallelOptions parallel)
    {
        _records = records;
        _outputs = outputs;
        _parallel = parallel;
    }

    /// <summary>The number of samples.</summary>
    public int Count => _records.Count;

    /// <summary>Runs the FP32 model. Samples that cannot be read are left out.</summary>
    public static OutputReference Record(OnnxModel model, ISampleSource samples, int workers, CancellationToken cancellation)
    {
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
        using InferenceModel session = InferenceModel.Load(model);
        string[] outputs = [.. session.Outputs.Where(output => output.Type == ElementType.Float).Select(output => output.Name)];
        // A network that gives class numbers only: how many are still the same says something, too.
        if (outputs.Length == 0) outputs = [.. session.Outputs.Select(output => output.Name)];
        List<(Sample, float[][])> records = [];
        long bytes = 0;
        foreach (int index in Chosen(samples, parallel))
        {
            cancellation.ThrowIfCancellationRequested();
            Sample sample = samples.Load(index);
            IReadOnlyDictionary<string, TensorValue> results = session.Run(sample.Inputs, outputs);
            records.Add((sample, [.. outputs.Select(name => OutputValues.Floats(results[name]))]));
            bytes += sample.Inputs.Values.Sum(input => (long)input.Data.Length) + results.Values.Sum(result => (long)result.Data.Length);
            if (bytes > MostBytes && records.Count >= FewestSamples) break;
        }
        return new OutputReference(records, outputs, parallel);
    }

    /// <summary>
    /// Mean over the outputs of 10 log10(signal / error). An output that hardly differs at all counts as <see cref="MostDb"/>, so
    /// that outputs which no plan touches do not hide the others.
    /// </summary>
    public double SqnrDb(OnnxModel model)
    {
        using InferenceModel session = InferenceModel.Load(model);
        OutputSums[][] sums = new OutputSums[_records.Count][];
        Parallel.For(0, _records.Count, _parallel, i =>
        {
            IReadOnlyDictionary<string, TensorValue> results = session.Run(_records[i].Sample.Inputs, _outputs);
            sums[i] = [.. _outputs.Select((name, output) => OutputSums.Of(_records[i].Outputs[output], OutputValues.Floats(results[name])))];
        });
        return Enumerable.Range(0, _outputs.Count).Average(output => Math.Clamp(Total(sums, output).SqnrDb, -MostDb, MostDb));
    }

    private static OutputSums Total(OutputSums[][] sums, int output)
    {
        OutputSums total = default;
        foreach (OutputSums[] ofSample in sums) total += ofSample[output];
        return total;
    }

    /// <summary>The samples with the smallest hashes of their contents: as good as random, and the same in any order.</summary>
    private static IEnumerable<int> Chosen(ISampleSource samples, ParallelOptions parallel)
    {
        ulong?[] hashes = new ulong?[samples.Count];
        Parallel.For(0, samples.Count, parallel, index => hashes[index] = HashOf(samples, index));
        return Enumerable.Range(0, samples.Count).Where(index => hashes[index] is not null).OrderBy(index => hashes[index]).Take(MostSamples);
    }

    private static ulong? HashOf(ISampleSource samples, int index)
    {
        try
        {
            using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach ((_, TensorValue value) in samples.Load(index).Inputs.OrderBy(input => input.Key, StringComparer.Ordinal)) hash.AppendData(value.Data.Span);
            return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
        }
        catch (BrokenSampleException)
        {
            return null;
        }
    }
}
