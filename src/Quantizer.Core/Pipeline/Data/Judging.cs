using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Recognition;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Pipeline.Data;

/// <summary>What a comparison is to judge by. Files of right answers are opened before the work, and the task is found before it.</summary>
internal sealed class Judging
{
    private readonly TaskOptions _options;
    private readonly TaskTruths _truths;

    private Judging(TaskOptions options, TaskTruths truths, string? classLabelsPath) =>
        (_options, _truths, ClassLabelsPath) = (options, truths, classLabelsPath);

    /// <summary>The labels file, where it holds class indices and not the texts of a reader.</summary>
    public string? ClassLabelsPath { get; }

    /// <exception cref="QuantizationException">A file of right answers cannot be used.</exception>
    /// <exception cref="UsageException">What is given cannot be used without something else.</exception>
    public static Judging Open(TaskOptions options, string? labelsPath)
    {
        bool areTexts = options.CharactersPath is not null || options.Task == TaskKind.Text;
        return new Judging(options, TaskTruths.Open(options, areTexts ? labelsPath : null), areTexts ? null : labelsPath);
    }

    /// <exception cref="QuantizationException">The model's outputs do not allow the task that is asked for, or not the right answers that
    /// are given.</exception>
    public FoundTask Find(SourceModel source, DataSet data, CancellationToken cancellation = default)
    {
        TaskEvidence evidence = TaskEvidence.Of(
            source.Session,
            source.Model.Graph,
            data.First(),
            LargestLabelOf(data.Samples),
            _truths,
            _options,
            cancellation
        );
        if (evidence.Outputs.Count == 0)
            throw NoNumbers(source.Session);
        IReadOnlyList<Sample> Some() => data.Reader().Spread(Math.Min(Winners.Most, data.Samples.Count));
        bool HasOneWinner() => Winners.IsAlwaysTheSame(source.Session, Some(), evidence.First.Name, cancellation);
        bool AreRivals() => Rivals.Are(source.Session, Some(), evidence.First.Name, cancellation);
        // Classes of pictures are customary, and sorted by what is alike.
        bool IsSmooth() => evidence.Picture is null && Curves.AreSmooth(source.Session, Some(), evidence.First.Name, cancellation);
        FoundTask found = TaskFinder.Find(
            evidence with
            {
                HasOneWinner = HasOneWinner,
                AreRivals = AreRivals,
                IsSmooth = IsSmooth,
            },
            _options.Task
        );
        _truths.RequireUse(found.Kind);
        _truths.RequireSamples([.. Enumerable.Range(0, data.Samples.Count).Select(data.Samples.NameOf)]);
        return found;
    }

    /// <summary>What one sample shows the network to be for.</summary>
    /// <exception cref="QuantizationException">The model cannot be run on it.</exception>
    public TaskKind KindBy(Sample sample, InferenceModel session, Graph graph, CancellationToken cancellation)
    {
        TaskEvidence evidence = TaskEvidence.Of(session, graph, sample, largestLabel: null, _truths, _options, cancellation);
        return TaskFinder.Find(evidence, _options.Task).Kind;
    }

    private static QuantizationException NoNumbers(InferenceModel model)
    {
        string names = string.Join(", ", model.Outputs.Select(output => $"'{output.Name}'"));
        return new QuantizationException(
            $"No output of the model holds numbers, found {names}: nothing tells how near two models are. Make what the texts are looked "
                + "up by, such as the scores, an output as well; or quantize it without data, by --activations dynamic or none."
        );
    }

    /// <summary>Whether the right answer of any sample is known.</summary>
    public bool KnowsTruth(FoundTask task, DataSet data) =>
        task.Kind switch
        {
            TaskKind.Classes or TaskKind.Decisions => LargestLabelOf(data.Samples) is not null,
            // The input itself.
            TaskKind.Tokens => true,
            TaskKind.Boxes => _truths.Boxes is not null,
            TaskKind.Pixels or TaskKind.Masks => _truths.Masks is not null,
            TaskKind.Pictures => _truths.Pictures is not null,
            TaskKind.Text => _truths.Lines is not null,
            _ => false,
        };

    private static int? LargestLabelOf(FirstSampleSource samples) => Enumerable.Range(0, samples.Count).Max(samples.LabelOf);
}
