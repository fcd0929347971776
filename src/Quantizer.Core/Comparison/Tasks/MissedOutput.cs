namespace Quantizer.Comparison.Tasks;

/// <summary>An output that the task does not read and that keeps less than values that people read should: of several heads one may be
/// right and another useless.</summary>
/// <param name="Name">As the FP32 model names it.</param>
/// <param name="MedianDb">Its signal over the error, of the median sample; null where it is no number.</param>
public sealed record MissedOutput(string Name, double? MedianDb)
{
    /// <summary>What any output should keep.</summary>
    internal static double Floor => TaskTable.FloorOf(TaskKind.Values);

    /// <summary>The one that keeps least.</summary>
    /// <param name="others">Names of those that hold numbers of their own.</param>
    /// <returns>Null where all of them keep enough.</returns>
    internal static MissedOutput? Among(IReadOnlyList<OutputDifference> outputs, IReadOnlyList<string> others) =>
        outputs
            .Where(output => others.Contains(output.Name) && !output.IsAllButZero && output.IsNumber && !(output.MedianDb >= Floor))
            .OrderBy(output => double.IsNaN(output.MedianDb) ? double.NegativeInfinity : output.MedianDb)
            .Select(output => new MissedOutput(output.Name, double.IsFinite(output.MedianDb) ? output.MedianDb : null))
            .FirstOrDefault();
}
