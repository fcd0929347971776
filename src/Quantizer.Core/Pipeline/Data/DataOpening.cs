using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Normalization;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Preprocessing.Sizes;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Formats;
using Quantizer.Samples.Records;

namespace Quantizer.Pipeline.Data;

/// <summary>Opens the data of a run, finding out how pictures want to be prepared.</summary>
internal sealed class DataOpening
{
    private readonly Lazy<OnnxModel> _runnable;
    private readonly InferenceModel _session;
    private readonly PictureOptions _pictures;
    private readonly InputOptions _inputs;
    private readonly TableLimits _limits;
    private readonly int _threads;
    private readonly PicturesBeside _beside;
    private PreparationChoice? _preparation;
    private PictureInput? _input;

    /// <param name="model">The FP32 model as the user gave it: its BatchNormalization, where still there, tells the preparation.</param>
    /// <param name="session">The same model, opened.</param>
    public DataOpening(OnnxModel model, InferenceModel session, string modelPath, PictureOptions pictures, InputOptions inputs, int threads)
    {
        // What a half-precision network remembers from training is looked for in floats, too; only pictures ask for it.
        _runnable = new Lazy<OnnxModel>(() => RunnableModel.Of(model) ?? model);
        _session = session;
        _pictures = pictures;
        _inputs = inputs;
        _limits = new TableLimits(model.Graph);
        _threads = threads;
        ConfigPath = PreprocessorConfig.PathFor(modelPath);
        _beside = new PicturesBeside(_runnable, pictures, () => Config, threads);
    }

    /// <summary>Tells what a network is for; null: nothing does.</summary>
    public Judging? Judging { get; init; }

    /// <summary>How pictures are prepared; null as long as none was opened.</summary>
    public PreparationChoice? Preparation => _preparation ?? _beside.Preparation;

    private string? ConfigPath { get; }

    private PictureOptions? Config => ConfigPath is null ? null : PreprocessorConfig.Read(ConfigPath);

    /// <summary>Opens a folder of pictures, or data for the inputs. The first folder of pictures settles the preparation for all.</summary>
    /// <param name="paths">At least one; "input=path" for one that is for a single input.</param>
    /// <param name="isReadAgain">More than one stage will read the samples.</param>
    /// <exception cref="UsageException">The options do not fit the model.</exception>
    /// <exception cref="QuantizationException">The data cannot be used.</exception>
    public DataSet Open(
        IReadOnlyList<string> paths,
        string? labelsPath,
        int count,
        int seed,
        CancellationToken cancellation,
        bool isReadAgain = false
    )
    {
        IReadOnlyList<TensorSignature> inputs = FixedBatch.SampleInputs(_session);
        InputBinding binding = new(inputs, _session.Outputs, _inputs);
        DataPath[] data = [.. paths.Select(path => DataPath.Of(path, inputs.Select(input => input.Name)))];
        DataKind[] kinds = [.. data.Select(path => path.Kind)];
        return kinds is [DataKind.Pictures]
            ? OpenPictures(data[0], binding, labelsPath, count, seed, cancellation, isReadAgain)
            : OpenRecords(data, kinds, binding, labelsPath, count, seed, cancellation);
    }

    /// <summary>Samples of random numbers in the place of data.</summary>
    /// <exception cref="UsageException">They cannot be made for an input, or the options do not fit the model.</exception>
    public DataSet OpenRandom(int count, int seed)
    {
        InputBinding binding = new(FixedBatch.SampleInputs(_session), _session.Outputs, _inputs);
        RandomRecords random = new(binding.Request, _limits, count, seed);
        return OpenRecords(random, random.Path, binding, labelsPath: null, count, seed);
    }

    private DataSet OpenRecords(
        DataPath[] data,
        DataKind[] kinds,
        InputBinding binding,
        string? labelsPath,
        int count,
        int seed,
        CancellationToken cancellation
    )
    {
        List<IRecordSource> sources = [];
        try
        {
            HashSet<string?> named = [.. data.Select(path => path.Input)];
            DataRequest others = binding.Request with { Inputs = [.. binding.Request.Inputs.Where(input => !named.Contains(input.Name))] };
            foreach ((DataPath path, DataKind kind) in data.Zip(kinds))
            {
                DataRequest request = path.Input is { } input ? binding.RequestFor(input) : others;
                sources.Add(
                    kind switch
                    {
                        DataKind.Pictures => _beside.Open(path.Path, request, count, seed, cancellation),
                        DataKind.Folder => DataFolder.Open(path.Path, request),
                        _ => DataFormats.Open(path.Path, request),
                    }
                );
            }
        }
        catch
        {
            sources.ForEach(source => source.Dispose());
            throw;
        }
        return OpenRecords(
            sources is [var single] ? single : new ZippedRecords(sources),
            string.Join("', '", data.Select(path => path.Path)),
            binding,
            labelsPath,
            count,
            seed
        );
    }

    /// <param name="name">What messages call the data.</param>
    private DataSet OpenRecords(IRecordSource source, string name, InputBinding binding, string? labelsPath, int count, int seed)
    {
        RecordSamples samples = RecordSamples.Open(
            source,
            binding,
            SequenceMask.Find(_session.Inputs, _inputs.Mask),
            _limits,
            labelsPath,
            count,
            seed
        );
        return binding.IsSequence
            ? DataSet.Records(
                name,
                samples,
                new FeedbackSource(samples, samples.IsBeginning, _inputs.Feedback, (inputs, outputs) => _session.Run(inputs, outputs)),
                _inputs.Feedback
            )
            : DataSet.Records(name, samples);
    }

    private DataSet OpenPictures(
        DataPath data,
        InputBinding binding,
        string? labelsPath,
        int count,
        int seed,
        CancellationToken cancellation,
        bool isReadAgain
    )
    {
        if (binding.IsSequence)
            throw new UsageException("Option '--feedback' is for recordings and other sequences; pictures of a folder are none.");
        PictureOptions? config = Config;
        _input ??= PictureInput.Of(
            PictureInputs(data.Input, binding),
            config is null ? _pictures : _pictures.Over(config),
            mayKeepSize: true
        );
        binding.Complete(data.Path, [_input.Name], []);
        using FirstScores scores = FirstScores.Of(_runnable.Value, _session);
        int classes = ClassCount.Of(_session, _input, binding.Fixed, scores);
        PictureFolder folder = PictureFolder.Open(data.Path, labelsPath, classes);
        if (labelsPath is not null)
            CheckLabels(folder, labelsPath, classes);
        PictureSet chosen = folder.Choose(count, seed, isReadAgain ? PictureSet.UsualMemory : 0);
        _preparation ??=
            classes > 0 && _input is { Width: null } or { Height: null }
                ? FindWithSize(scores, classes, config, chosen, binding.Fixed, cancellation)
                : Find(_input, scores, classes, config, chosen, binding.Fixed, cancellation);
        return DataSet.Pictures(folder, chosen, _input, _preparation.Preparation, binding, classes);
    }

    /// <summary>The input that was named, or the only one that something must be given for.</summary>
    private static IReadOnlyList<TensorSignature> PictureInputs(string? named, InputBinding binding)
    {
        if (named is not null)
            return binding.RequestFor(named).Inputs;
        TensorSignature[] needed = [.. binding.Request.Needed];
        return needed.Length == 1 ? needed : binding.Request.Inputs;
    }

    /// <summary>For a classifier that leaves the size of its pictures open: settles it, too.</summary>
    private PreparationChoice FindWithSize(
        FirstScores scores,
        int classes,
        PictureOptions? config,
        PictureSet pictures,
        IReadOnlyDictionary<string, TensorValue> constants,
        CancellationToken cancellation
    )
    {
        SampleWorkers workers = new(_threads, cancellation);
        PictureInput open = _input!;
        using SizeProbe probe = new(_runnable.Value, open.Name, scores.Tensor, constants);
        SizeFinder finder = new(
            open,
            pictures,
            probe,
            workers,
            sized => Find(sized, scores, classes, config, pictures, constants, cancellation)
        );
        ExporterCustom? custom = ExporterCustom.Of(_runnable.Value, scores.Output);
        (_input, PreparationChoice choice) = finder.Find(
            CustomarySizes.For(open, classes, custom, pictures.CommonSize(workers)),
            _pictures.AcceptsGuess
        );
        return choice;
    }

    private PreparationChoice Find(
        PictureInput input,
        FirstScores scores,
        int classes,
        PictureOptions? config,
        PictureSet pictures,
        IReadOnlyDictionary<string, TensorValue> constants,
        CancellationToken cancellation
    )
    {
        using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(_runnable.Value, input.Name);
        Func<TensorValue, TensorValue>? ask = scores.AreNumbers
            ? value => scores.Ask(new Dictionary<string, TensorValue>(constants) { [input.Name] = value })
            : null;
        return PreparationFinder.Find(
            input,
            _pictures,
            config,
            pictures,
            new PreparationProbes(
                probe,
                ask,
                classes,
                ExporterCustom.Of(_runnable.Value, scores.Output),
                BuiltInPreparation.Of(_runnable.Value, input),
                value => OtherKindBy(input, new Dictionary<string, TensorValue>(constants) { [input.Name] = value }, cancellation),
                Remark
            ),
            _threads,
            cancellation
        );
    }

    /// <summary>Why the model cannot tell how its pictures are prepared; null where it can.</summary>
    private string? Remark =>
        TrainingMode.OperatorsIn(_runnable.Value.Graph) is { Count: > 0 } operators
            ? $"It was exported in training mode ({string.Join(", ", operators)}; {FindingKind.TrainingMode.Code}), where its answers depend "
                + "on the batch or on chance; exported for inference, it may tell."
            : null;

    /// <summary>Null where the answer may be a classifier's.</summary>
    private NetworkKind? OtherKindBy(PictureInput input, IReadOnlyDictionary<string, TensorValue> inputs, CancellationToken cancellation) =>
        Judging?.KindBy(new Sample("", inputs), _session, _runnable.Value.Graph, cancellation) switch
        {
            TaskKind.Embeddings => NetworkKind.Embedder,
            TaskKind.Boxes or TaskKind.Pictures => NetworkKind.Of(input, classes: 0),
            _ => null,
        };

    private void CheckLabels(PictureFolder folder, string labelsPath, int classes)
    {
        if (classes > 0 && folder.Files.FirstOrDefault(file => file.Label >= classes) is { } file)
        {
            throw new QuantizationException(
                $"Labels file '{labelsPath}': '{file.Name}' has class {file.Label}; output '{_session.Outputs[0].Name}' scores {classes} "
                    + $"classes, 0 to {classes - 1}. Give the labels that the model was trained with."
            );
        }
    }
}
