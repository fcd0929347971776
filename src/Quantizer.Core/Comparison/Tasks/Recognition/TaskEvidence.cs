using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Comparison.Tasks.Recognition;

/// <summary>What a task is recognized by.</summary>
/// <param name="Outputs">Those that hold numbers, in the model's order.</param>
/// <param name="LargestLabel">Of all samples; null where the data name no class.</param>
/// <param name="IsAsked">The user names the task: shapes must fit it, values need not look like it.</param>
internal sealed record TaskEvidence(
    IReadOnlyList<SeenInput> Inputs,
    IReadOnlyList<SeenOutput> Outputs,
    int? LargestLabel,
    TaskTruths Truths,
    double? Confidence,
    bool IsAsked
)
{
    /// <summary>Whether the same of the first output's numbers is the largest in each of many samples. Asked only where nothing else
    /// tells: samples are run for it.</summary>
    public Func<bool> HasOneWinner { get; init; } = () => false;

    /// <summary>Whether the first output's numbers move against each other, as scores do. Asked only where nothing else tells: samples are
    /// run for it.</summary>
    public Func<bool> AreRivals { get; init; } = () => true;

    /// <summary>Whether each of the first output's numbers is much like its neighbours, as in a curve. Asked only where nothing else
    /// tells: samples are run for it.</summary>
    public Func<bool> IsSmooth { get; init; } = () => false;

    public SeenOutput First => Outputs[0];

    public SeenPicture? Picture => Inputs.Select(input => input.Picture).FirstOrDefault(picture => picture is not null);

    /// <summary>What a map of pixels may be of where there is no picture; to be believed only if something else tells it.</summary>
    public SeenPicture? Bands => Picture is null ? Inputs.Select(input => input.Bands).FirstOrDefault(bands => bands is not null) : null;

    /// <summary>The input of whole numbers that has one for each of so many positions, such as token ids. What is read and what is written
    /// may be as long by chance: scores are of what the decoder writes. A mask has as many, too.</summary>
    public SeenInput? TokensOf(long positions) =>
        Inputs
            .Where(input => input.HoldsWholeNumbers && input.Value.Shape is [1, var length] && length == positions)
            .OrderBy(input => input.Names("mask"))
            .ThenByDescending(input => input.Names("decoder"))
            .FirstOrDefault();

    /// <summary>Runs the FP32 model on one sample.</summary>
    /// <exception cref="QuantizationException">It cannot be run on it.</exception>
    public static TaskEvidence Of(
        InferenceModel model,
        Graph graph,
        Sample sample,
        int? largestLabel,
        TaskTruths truths,
        TaskOptions options,
        CancellationToken cancellation
    )
    {
        GraphIndex index = new(graph);
        string[] names = [.. model.Outputs.Where(output => OutputValues.Supports(output.Type)).Select(output => output.Name)];
        IReadOnlyDictionary<string, TensorValue> values =
            names.Length == 0 ? new Dictionary<string, TensorValue>() : model.Run(sample.Inputs, names, cancellation);
        return new TaskEvidence(
            [.. sample.Inputs.Select(input => new SeenInput(input.Key, input.Value))],
            [.. names.Where(values.ContainsKey).Select(name => Seen(name, values[name], index))],
            largestLabel,
            truths,
            options.Confidence,
            options.Task is not null
        );
    }

    private static SeenOutput Seen(string name, TensorValue value, GraphIndex index) =>
        new(name, value.Type, value.Shape, OutputValues.Floats(value), OutputEnd.Of(index, name))
        {
            ArePartOfSigmoid = OutputEnd.IsPartOf(index, name, "Sigmoid"),
            ClassOrder = MappedClasses.OrderOf(index.ProducerOf(name)),
        };
}
