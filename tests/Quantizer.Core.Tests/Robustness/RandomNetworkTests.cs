using System.Globalization;
using Quantizer.Core.Tests.Robustness.Menu;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Robustness;

/// <summary>
/// Random networks are quantized, written, opened and compared with the original: no crash, no file that does not run, no error
/// beyond what 8 bits allow. QUANTIZER_RANDOM_NETWORKS says how many; a nightly run tries thousands.
/// </summary>
public sealed class RandomNetworkTests : IDisposable
{
    private const int Samples = 8;
    private const int Batches = 8;

    /// <summary>With ranges of minima and maxima, and two to nine random operators between and behind two layers of integers. Networks
    /// whose operators make jumps of small errors are only run.</summary>
    private const double LeastDb = 10;

    /// <summary>In turn.</summary>
    private static readonly ActivationMode[] Forms =
    [
        ActivationMode.Automatic,
        ActivationMode.Dynamic,
        ActivationMode.Automatic,
        ActivationMode.Mixed,
        ActivationMode.Automatic,
        ActivationMode.None,
    ];

    private static readonly int Networks = int.Parse(
        Environment.GetEnvironmentVariable("QUANTIZER_RANDOM_NETWORKS") ?? "200",
        CultureInfo.InvariantCulture
    );

    private readonly TemporaryFolder _folder = new();

    public static TheoryData<int> AllBatches => [.. Enumerable.Range(0, Batches)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(AllBatches))]
    public void Each_is_quantized_and_runs(int batch)
    {
        List<string> faults = [];
        for (int seed = batch; seed < Networks; seed += Batches)
        {
            if (FaultOf(seed) is { } fault)
                faults.Add($"{seed}: {fault}");
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public void The_menu_has_eighty_operators_and_the_networks_hold_most_of_them()
    {
        HashSet<string> all = [.. OperatorMenu.Entries.Select(entry => entry.Name)];
        HashSet<string> drawn = [.. Enumerable.Range(0, 200).SelectMany(seed => RandomNetwork.Of(seed).Operators)];

        Assert.True(all.Count >= 80, $"{all.Count}");
        Assert.True(drawn.Count > 0.9 * all.Count, $"{drawn.Count} of {all.Count}");
    }

    private string? FaultOf(int seed)
    {
        RandomNetwork network = RandomNetwork.Of(seed);
        float[][] samples =
        [
            .. Enumerable.Range(0, Samples).Select(sample => NetworkJudge.Values(network.InputShape, Samples * seed + sample)),
        ];
        // The search comes in with some of them: it runs many plans of each.
        RangeMethod method = seed % Batches == 0 ? RangeMethod.Automatic : RangeMethod.MinMax;
        ActivationMode form = Forms[seed / Batches % Forms.Length];
        string place = $"{form}, opset {network.Opset}, {string.Join(" ", network.Model.Graph.Nodes.Select(node => node.OpType))}";
        try
        {
            double found = new NetworkJudge(_folder, form).SqnrDb(network.Model, network.InputShape, samples, method);
            return double.IsNaN(found) ? $"the output is no number ({place})"
                : network.IsSmooth && found < LeastDb ? string.Create(CultureInfo.InvariantCulture, $"only {found:0.0} dB ({place})")
                : null;
        }
        // Whatever it is, the other networks are tried, too, and all faults told together.
        catch (Exception error)
        {
            return $"{error.GetType().Name}: {error.Message} ({place})";
        }
    }
}
