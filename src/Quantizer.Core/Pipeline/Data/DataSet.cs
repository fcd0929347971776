using Quantizer.Comparison.Tasks;
using Quantizer.Graphs;
using Quantizer.Pictures;
using Quantizer.Pipeline.Stages;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Samples.Binding;

namespace Quantizer.Pipeline.Data;

/// <summary>Samples opened from a path the user gave, of either kind.</summary>
internal sealed class DataSet : IDisposable
{
    /// <summary>A folder with more broken files than this is not mended by reading on.</summary>
    private const int MostNamed = 10;

    private readonly Func<IReadOnlyList<SkippedSample>> _skipped;
    private readonly IDisposable? _owned;
    private readonly PictureSet? _pictures;

    private DataSet(
        string path,
        ISampleSource samples,
        PictureSet? pictures,
        Func<IReadOnlyList<SkippedSample>> skipped,
        IDisposable? owned
    )
    {
        _pictures = pictures;
        Path = path;
        Samples = new FirstSampleSource(samples);
        _skipped = skipped;
        _owned = owned;
    }

    public string Path { get; }

    public FirstSampleSource Samples { get; }

    /// <summary>Files left out so far: unsupported ones, and those found broken when they were read.</summary>
    public IReadOnlyList<SkippedSample> Skipped => _skipped();

    /// <summary>Pictures read so far that ask for a turn, which is not applied; none where samples are no pictures.</summary>
    public IReadOnlyList<string> AskingForTurn => _pictures?.AskingForTurn ?? [];

    /// <exception cref="QuantizationException">No sample can be read.</exception>
    public IReadOnlyDictionary<string, TensorValue> FirstInputs => First().Inputs;

    /// <summary>What the user should know of how the data are read.</summary>
    public IReadOnlyList<string> Notes { get; private init; } = [];

    /// <summary>What the classes are called, where the data tell.</summary>
    public ClassNames ClassNames { get; private init; } = ClassNames.None;

    /// <summary>From a sample's place to its picture, as the model was given it but for its numbers; null where samples are no
    /// pictures.</summary>
    public Func<int, Pixels>? PictureOf { get; private init; }

    /// <summary>State that models carry from sample to sample; null where samples are independent.</summary>
    public CarriedState? State { get; private init; }

    /// <param name="path">What messages call the data.</param>
    /// <param name="withState">The samples with the state that they carry; null where there is none.</param>
    /// <param name="feedback">Outputs that are inputs of the next sample, by these; null where samples are independent.</param>
    public static DataSet Records(
        string path,
        RecordSamples samples,
        ISampleSource? withState = null,
        IReadOnlyDictionary<string, string>? feedback = null
    ) =>
        new(path, withState ?? samples, null, () => samples.Skipped, samples)
        {
            Notes = samples.Notes,
            State = feedback is null ? null : new CarriedState(samples, samples.IsBeginning, feedback),
        };

    /// <param name="pictures">Those chosen from the folder.</param>
    /// <param name="binding">Gives the model's other inputs.</param>
    /// <param name="classes">Of the model; 0: not known. Folders are called after classes only where there is one for each.</param>
    public static DataSet Pictures(
        PictureFolder folder,
        PictureSet pictures,
        PictureInput input,
        PicturePreparation preparation,
        InputBinding binding,
        int classes
    )
    {
        PictureSource source = new(pictures, input, preparation);
        ISampleSource samples = binding.Fixed.Count == 0 ? source : new WithConstants(source, binding.Fixed);
        return new DataSet(folder.Path, samples, pictures, () => [.. folder.Unsupported, .. source.Skipped], owned: pictures)
        {
            Notes = binding.Notes,
            ClassNames = folder.ClassFolders.Count == classes ? new ClassNames(folder.ClassFolders) : ClassNames.None,
            PictureOf = index => pictures.Load(index, preparation.Geometry).Pixels,
        };
    }

    public SampleReader<Sample> Reader() => new(Samples.Count, Samples.Load);

    /// <summary>The samples for models that carry state of their own: nothing is run to make it.</summary>
    /// <param name="most">Samples: of more, the first ones.</param>
    public SampleReader<Sample> StatelessReader(int most = int.MaxValue) =>
        State is { } state
            ? new(Math.Min(most, state.Samples.Count), state.Samples.Load)
            : new(Math.Min(most, Samples.Count), Samples.Load);

    /// <exception cref="QuantizationException">No sample can be read.</exception>
    public Sample First()
    {
        Sample? first = Samples.First();
        if (first is null)
            RequireEnough(used: 0);
        return first!;
    }

    /// <exception cref="QuantizationException">Too many cannot be read.</exception>
    public void RequireEnough(int used) => SkipLimit.Check($"'{Path}'", used, Skipped);

    public void NoteSkipped(StageRunner stages)
    {
        foreach (SkippedSample sample in Skipped.Take(MostNamed))
            stages.Note($"Skipped '{sample.Name}': {sample.Reason}.");
        if (Skipped.Count > MostNamed)
            stages.Note($"Skipped {Skipped.Count - MostNamed} more; a report (--report or --json) names them all.");
    }

    /// <summary>Opens every picture as far as its header, so that data of no use are told before the work; arrays were checked when they
    /// were opened.</summary>
    /// <param name="readBefore">What the work begins with: pictures that are among its own are told broken there, and opened no third
    /// time.</param>
    /// <exception cref="QuantizationException">Too many cannot be read.</exception>
    public void CheckHeaders(SampleWorkers workers, DataSet? readBefore)
    {
        if (_pictures is not null)
            RequireEnough(_pictures.CountReadable(workers, readBefore?._pictures));
    }

    public void Dispose() => _owned?.Dispose();
}
