using System.Runtime.InteropServices;
using Quantizer.Comparison;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
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
    /// <param name="isReadAgain">More than one stage will read the samples.</param>
    public DataSet Open(string path, string? labelsPath, int count, int seed, CancellationToken cancellation, bool isReadAgain = false)
    {
        if (DataPath.KindOf(path) == DataKind.Arrays)
        {
            if (labelsPath is not null)
            {
                throw new QuantizationException(
                    $"The labels file '{labelsPath}' is for pictures, and '{path}' holds arrays. Put the class indices into the .npz file "
                        + $"as an array 'labels', or leave out --labels."
                );
            }

            return DataSet.Arrays(path, _session.Inputs, count, seed);
        }
        PictureOptions? config = ConfigPath is null ? null : PreprocessorConfig.Read(ConfigPath);
        _input ??= PictureInput.Of(_session.Inputs, config is null ? _pictures : _pictures.Over(config), mayKeepSize: Classes == 0);
        PictureFolder folder = PictureFolder.Open(path, labelsPath);
        if (labelsPath is not null)
            CheckLabels(folder, labelsPath);
        PictureSet chosen = folder.Choose(count, seed, isReadAgain ? PictureSet.UsualMemory : 0);
        Preparation ??= Find(_input, config, chosen, cancellation);
        return DataSet.Pictures(folder, chosen, _input, Preparation.Preparation);
    }

    private PreparationChoice Find(PictureInput input, PictureOptions? config, PictureSet pictures, CancellationToken cancellation)
    {
        using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(_model, input.Name);
        string output = _session.Outputs[0].Name;
        Func<TensorValue, TensorValue>? scores = _session.Outputs[0].Type is ElementType.Float or ElementType.Double
            ? value => Floats(_session.Run(new Dictionary<string, TensorValue> { [input.Name] = value }, [output])[output])
            : null;
        return PreparationFinder.Find(
            input,
            _pictures,
            config,
            pictures,
            new PreparationProbes(probe, scores, Classes),
            _threads,
            cancellation
        );
    }

    /// <summary>Classes that the first output scores; 0 when it is no list of scores or does not say how long a one.</summary>
    private int Classes =>
        _session.Outputs[0].Shape is { } shape ? ClassScores.CountOf([.. shape.Skip(1).Select(axis => axis.Size ?? 0)]) : 0;

    /// <summary>Some exporters leave a detector's decoding in double.</summary>
    private static TensorValue Floats(TensorValue value) =>
        value.Type == ElementType.Double
            ? TensorValue.FromFloats(
                value.Shape,
                [.. MemoryMarshal.Cast<byte, double>(value.Data.Span).ToArray().Select(number => (float)number)]
            )
            : value;

    private void CheckLabels(PictureFolder folder, string labelsPath)
    {
        int classes = Classes;
        if (classes > 0 && folder.Files.FirstOrDefault(file => file.Label >= classes) is { } file)
        {
            throw new QuantizationException(
                $"Labels file '{labelsPath}': '{file.Name}' has class {file.Label}; output '{_session.Outputs[0].Name}' scores {classes} "
                    + $"classes, 0 to {classes - 1}. Give the labels that the model was trained with."
            );
        }
    }
}
