using System.Globalization;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Pipeline.Stages;
using Quantizer.Placement;
using Quantizer.Preprocessing;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Samples;
using Quantizer.Testing;
using Quantizer.Verification;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>Takes a network from file to file as the command does, without its search, report and measuring of time, and compares what
/// comes out.</summary>
/// <param name="form">Where the ranges of activations come from.</param>
internal sealed class NetworkJudge(TemporaryFolder folder, ActivationMode form = ActivationMode.Automatic)
{
    /// <param name="model">With one float input "x" and one float output "y".</param>
    /// <param name="shape">Of one sample.</param>
    /// <param name="samples">The values of each.</param>
    /// <returns>Signal over error of the written file's outputs, in decibels; NaN where they are no numbers.</returns>
    /// <exception cref="QuantizationException">The network is refused.</exception>
    public double SqnrDb(OnnxModel model, IReadOnlyList<long> shape, float[][] samples, RangeMethod? method = null)
    {
        string path = folder.File("model.onnx");
        OnnxFile.Write(model, path);
        return SqnrDb(path, shape, samples, method);
    }

    /// <param name="path">Of a model as above.</param>
    /// <inheritdoc cref="SqnrDb(OnnxModel, IReadOnlyList{long}, float[][], RangeMethod?)"/>
    public double SqnrDb(string path, IReadOnlyList<long> shape, float[][] samples, RangeMethod? method = null)
    {
        string data = folder.File("x.npz");
        File.WriteAllBytes(data, DataFiles.Npz("x", [.. shape], samples));
        double found = 0;
        Judge(
            path,
            data,
            samples.Length,
            method ?? RangeMethod.MinMax,
            (all, original, int8) => found = SqnrDb(Enumerable.Range(0, all.Samples.Count).Select(all.Samples.Load), original, int8)
        );
        return found;
    }

    /// <param name="path">Of any model.</param>
    /// <param name="dataPath">Its data.</param>
    /// <param name="compare">Gets the data, the original and what the written file holds.</param>
    /// <exception cref="QuantizationException">The network is refused.</exception>
    public void Judge(
        string path,
        string dataPath,
        int samples,
        RangeMethod method,
        Action<DataSet, InferenceModel, InferenceModel> compare
    )
    {
        string written = folder.File("int8.onnx");
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 1);
        using DataSet data = opening.Open([dataPath], labelsPath: null, samples, seed: 0, CancellationToken.None);
        QuantizationOptions options = new()
        {
            ModelPath = path,
            CalibrationPaths = [dataPath],
            Method = method,
            WeightRanges = WeightRangeMethod.MinMax,
            Activations = form,
        };
        PlacedModel placed = Placer.Place(
            ModelNormalizer.Normalize(source.Model),
            options.Target.Target,
            PlacementOptions.Default with
            {
                Activations = form,
            }
        );
        StageRunner stages = new(new UnheardProgress(), CancellationToken.None);
        QuantizedRun run = new Quantization(options, null, stages).Run(placed, data);
        ModelVerifier.Verify(run.Quantized, run.Work);
        OnnxFile.Write(run.Quantized.Model, written);
        using InferenceModel int8 = InferenceModel.Load(written);
        compare(data, source.Session, int8);
    }

    /// <summary>Uniform between -1 and 1.</summary>
    public static float[] Values(IReadOnlyList<long> shape, int seed)
    {
        Random random = new(seed);
        long count = shape.Aggregate(1L, (product, size) => product * size);
        return [.. Enumerable.Range(0, (int)count).Select(_ => (float)(2 * random.NextDouble() - 1))];
    }

    private static double SqnrDb(IEnumerable<Sample> samples, InferenceModel reference, InferenceModel other)
    {
        double signal = 0,
            error = 0;
        foreach (Sample sample in samples)
        {
            ReadOnlySpan<float> expected = reference.Run(sample.Inputs, ["y"])["y"].Floats,
                found = other.Run(sample.Inputs, ["y"])["y"].Floats;
            if (expected.Length != found.Length)
            {
                throw new QuantizationException(
                    string.Create(CultureInfo.InvariantCulture, $"The outputs have {expected.Length} and {found.Length} values.")
                );
            }
            for (int i = 0; i < expected.Length; i++)
            {
                // What is no number in FP32 says nothing of the file.
                if (!float.IsFinite(expected[i]))
                    continue;
                signal += (double)expected[i] * expected[i];
                error += Math.Pow((double)expected[i] - found[i], 2);
            }
        }
        return error == 0 ? double.PositiveInfinity : 10 * Math.Log10(signal / error);
    }
}
