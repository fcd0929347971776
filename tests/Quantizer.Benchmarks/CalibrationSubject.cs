using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Normalization;
using Quantizer.Pipeline.Data;
using Quantizer.Placement;
using Quantizer.Samples;
using Quantizer.Targets;

namespace Quantizer.Benchmarks;

/// <summary>A model with prepared samples, whose calibration is measured.</summary>
/// <param name="Model">What calibration runs.</param>
/// <param name="Tensors">What it observes.</param>
/// <param name="Plain">What plain inference runs.</param>
internal sealed record CalibrationSubject(
    string Name,
    OnnxModel Model,
    IReadOnlyList<string> Tensors,
    OnnxModel Plain,
    ISampleSource Samples
)
{
    /// <summary>A seeded network and random pictures.</summary>
    public static CalibrationSubject Seeded(string name, OnnxModel network, int samples) => Of(name, network, new RandomPictures(samples));

    /// <summary>A real model and its calibration pictures.</summary>
    public static CalibrationSubject Real(BenchmarkModel benchmark)
    {
        OnnxModel source = OnnxFile.Read(benchmark.Path);
        using InferenceModel session = InferenceModel.Load(benchmark.Path);
        DataOpening opening = new(source, session, benchmark.Path, benchmark.Pictures, new InputOptions(), Environment.ProcessorCount);
        using DataSet data = opening.Open(
            [benchmark.CalibrationPath],
            labelsPath: null,
            count: int.MaxValue,
            seed: 0,
            CancellationToken.None
        );
        return Of(benchmark.Name, source, new Prepared(data.Samples));
    }

    /// <summary>The model as the program would calibrate it, and the tensors that it would then observe.</summary>
    private static CalibrationSubject Of(string name, OnnxModel source, ISampleSource samples)
    {
        NormalizedModel normalized = ModelNormalizer.Normalize(source);
        PlacedModel placed = Placer.Place(normalized, QuantizationTarget.Default.Target);
        (NormalizedModel lowered, QuantizationSites sites) = (placed.Lowered, placed.Sites);
        return new CalibrationSubject(name, lowered.Model, sites.Observed, normalized.Model, samples);
    }

    /// <summary>Samples loaded once.</summary>
    private sealed class Prepared : ISampleSource
    {
        private readonly Sample[] _samples;

        public Prepared(ISampleSource source) => _samples = [.. Enumerable.Range(0, source.Count).Select(source.Load)];

        public int Count => _samples.Length;

        public string NameOf(int index) => _samples[index].Name;

        public int? LabelOf(int index) => null;

        public Sample Load(int index) => _samples[index];
    }
}
