using Quantizer.Core.Tests.Robustness.Menu;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>
/// A network of random operators between and around two layers that run on integers: random opset, sizes, branches and, in every
/// second one, sizes that the file leaves open. The same seed gives the same network.
/// </summary>
internal sealed class RandomNetwork
{
    private static readonly int[] Opsets = [13, 14, 15, 16, 17, 18, 19, 20, 21, 22];

    private readonly HashSet<string> _operators = [];

    private RandomNetwork(int seed)
    {
        Random random = new(seed);
        int opset = Opsets[random.Next(Opsets.Length)];
        bool isPicture = random.Next(2) == 0;
        InputShape = isPicture ? [1, 16, 8, 8] : [1, 12, 64];
        NetworkSketch sketch = new(random, opset);
        sketch.Input("x", InputShape, isOpen: random.Next(2) == 0);
        SketchTensor now = sketch.Layer(new SketchTensor("x", InputShape));
        now = Some(sketch, random, now, random.Next(1, 5));
        now = sketch.Layer(now);
        now = Some(sketch, random, now, random.Next(0, 4));
        Model = sketch.Build(now);
        IsSmooth = sketch.IsSmooth;
        Opset = opset;
    }

    public OnnxModel Model { get; }

    public int Opset { get; }

    public IReadOnlyList<long> InputShape { get; }

    /// <summary>Small errors stay small: no operator rounds, compares or sorts.</summary>
    public bool IsSmooth { get; }

    /// <summary>Of the menu, those that were drawn.</summary>
    public IReadOnlySet<string> Operators => _operators;

    public static RandomNetwork Of(int seed) => new(seed);

    private SketchTensor Some(NetworkSketch sketch, Random random, SketchTensor now, int count)
    {
        for (int i = 0; i < count; i++)
        {
            MenuEntry[] fitting =
            [
                .. OperatorMenu.Entries.Where(entry => sketch.Opset >= entry.Opset && entry.Ranks.Contains(now.Shape.Count)),
            ];
            MenuEntry chosen = fitting[random.Next(fitting.Length)];
            _operators.Add(chosen.Name);
            sketch.IsSmooth &= chosen.IsSmooth;
            now = chosen.Add(sketch, now);
        }
        return now;
    }
}
