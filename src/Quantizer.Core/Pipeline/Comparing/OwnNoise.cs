using Quantizer.Comparison.Tasks;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Reporting.Texts;

namespace Quantizer.Pipeline.Comparing;

/// <summary>What a network that draws random numbers makes of the same samples twice: no figure between it and another one can be
/// better.</summary>
/// <param name="Operators">That draw.</param>
/// <param name="Twice">FP32 against itself.</param>
internal sealed record OwnNoise(IReadOnlyList<string> Operators, TaskResult Twice)
{
    /// <summary>Enough to see whether answers hang on the noise.</summary>
    private const int Samples = 16;

    private static readonly HashSet<string> Drawing =
    [
        "Bernoulli",
        "Multinomial",
        "RandomNormal",
        "RandomNormalLike",
        "RandomUniform",
        "RandomUniformLike",
    ];

    /// <summary>A network that misses its floor by itself has none.</summary>
    public bool HasFloor => Twice.MeetsFloor;

    /// <returns>Null where the network draws nothing.</returns>
    /// <exception cref="QuantizationException">It cannot be run.</exception>
    public static OwnNoise? Of(ComparedData compared, Graph graph)
    {
        string[] operators = [.. graph.EveryNode.Select(node => node.OpType).Where(Drawing.Contains).Distinct().Order()];
        return operators.Length == 0 ? null : new OwnNoise(operators, compared.Compare(compared.Reference, Samples).Task);
    }

    public Finding Told
    {
        get
        {
            TaskFigure headline = Twice.Figures.Headline;
            string floor = HasFloor ? "" : " By itself it misses the floor of its task, so that none was kept.";
            return FindingKind.RandomAnswers.Of(
                "accuracy",
                $"The network draws random numbers ({string.Join(", ", Operators)}): FP32 against itself comes to "
                    + $"{FigureText.Of(headline.Unit, headline.Between)} ({headline.Name}), and every figure includes that.{floor}",
                "Take the noise away where the network has an input for it (--input noise_scale=0), or export it with the noise as an input."
            );
        }
    }
}
