using Quantizer.Comparison.Tasks;

namespace Quantizer.Search;

/// <summary>What the outputs are to a network's task, which says how much each of them tells of a plan.</summary>
/// <param name="PartsOf">The parts of different kinds that an output of that shape joins, such as boxes and scores, each of which counts as
/// much as a whole output; none: it is one.</param>
/// <param name="IsRead">Whether the task reads the output.</param>
/// <param name="AreLogits">Whether the output holds scores that a sigmoid has yet to make shares of.</param>
internal sealed record OutputRoles(
    Func<string, IReadOnlyList<long>, IReadOnlyList<OutputPart>> PartsOf,
    Func<string, bool> IsRead,
    Func<string, bool> AreLogits
)
{
    /// <summary>What all outputs together count that the task does not read, beside all that it reads. Maps of features that training has
    /// left as outputs (ISNet) would else decide over the mask that the network is for.</summary>
    private const double UnreadShare = 0.5;

    /// <summary>Where nothing tells them apart.</summary>
    public static OutputRoles Alike { get; } = new((_, _) => [], _ => true, _ => false);

    /// <param name="task">Null: nothing tells them apart.</param>
    public static OutputRoles Of(JudgedTask? task) =>
        task is null
            ? Alike
            : Alike with
            {
                PartsOf = task.PartsOf,
                IsRead = output => task.Outputs.Count == 0 || task.Outputs.Contains(output),
                AreLogits = task.Logits.Contains,
            };

    /// <summary>The same where outputs are judged by what selects them: the task reads that.</summary>
    public OutputRoles With(JudgedTensors judged) =>
        judged.AreOutputs ? this : this with { IsRead = output => judged.Selects(output) || IsRead(output) };

    /// <summary>What each part counts; the sum is 1.</summary>
    /// <param name="outputs">The output of every part.</param>
    public double[] WeightsOf(IReadOnlyList<string> outputs)
    {
        int read = outputs.Count(IsRead),
            unread = outputs.Count - read;
        if (read == 0 || unread == 0)
            return [.. outputs.Select(_ => 1.0 / outputs.Count)];
        return [.. outputs.Select(output => (IsRead(output) ? 1.0 / read : UnreadShare / unread) / (1 + UnreadShare))];
    }
}
