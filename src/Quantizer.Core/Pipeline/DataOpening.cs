using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Preprocessing.Finding;
using Quantizer.Preprocessing;
using Quantizer.Samples;

namespace Quantizer.Pipeline;

/// <summary>Opens the data of a run, finding out how pictures want to be prepared.</summary>
internal sealed class DataOpening
{
    private readonly OnnxModel _model;
    private readonly InferenceModel _session;
    private readonly PictureOptions _pictures;
    private readonly int _threads;
    private PictureInput? _input;

    /// <param name="model">The FP32 model as the user gave it: its BatchNormalization, where still there, tells the preparation.</param>
    /// <param name="session">The same model, opened.</param>
    public DataOpening(OnnxModel model, InferenceModel session, string modelPath, PictureOptions pictures, int threads)
    {
        _model = model;
        _session = session;
        _pictures = pictures;
        _threads = threads;
        ConfigPath = PreprocessorConfig.PathFor(modelPath);
    }

    /// <summary>How pictures are prepared; null as long as none was opened.</summary>
    public PreparationChoice? Preparation { get; private set; }

    private string? ConfigPath { get; }

    /// <summary>Opens a folder of pictures or a file of arrays. The first folder of pictures settles the preparation for all.</summary>
    public DataSet Open(string path, string? labelsPath, int count, int seed, CancellationToken cancellation)
    {
        if (DataPath.KindOf(path) == DataKind.Arrays) return DataSet.Arrays(path, _session.Inputs, count, seed);
        PictureOptions? config = ConfigPath is null ? null : PreprocessorConfig.Read(ConfigPath);
        _input ??= PictureInput.Of(_session.Inputs, config is null ? _pictures : _pictures.Over(config));
        Preparation ??= Find(_input, config, path, labelsPath, count, seed, cancellation);
        return DataSet.Pictures(path, labelsPath, _input, Preparation.Preparation, count, seed);
    }

    private PreparationChoice Find(PictureInput input, PictureOptions? config, string path, string? labelsPath, int count, int seed, CancellationToken cancellation)
    {
        using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(_model, input.Name);
        TensorSignature output = _session.Outputs[0];
        bool scoresClasses = output.Type == ElementType.Float && output.Shape is { } shape && ClassScores.CountOf([.. shape.Skip(1).Select(axis => axis.Size ?? 0)]) > 0;
        Func<TensorValue, TensorValue>? scores = scoresClasses
            ? value => _session.Run(new Dictionary<string, TensorValue> { [input.Name] = value }, [output.Name])[output.Name]
            : null;
        PictureSet pictures = PictureFolder.Open(path, labelsPath).Choose(count, seed);
        return PreparationFinder.Find(input, _pictures, config, pictures, new PreparationProbes(probe, scores), _threads, cancellation);
    }
}
