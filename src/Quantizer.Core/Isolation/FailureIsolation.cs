namespace Quantizer.Isolation;

/// <summary>
/// Finds the nodes whose quantization makes a model fail, by trying: first around the node that the failure names, else by
/// halving. It always ends, at worst with every node in float.
/// </summary>
/// <param name="failureWith">What goes wrong when these nodes stay in float; null when nothing does.</param>
/// <param name="weighted">The nodes that were to run on integers, in graph order; with all of them in float nothing is quantized.</param>
/// <param name="suspectsOf">Sets of nodes that may be to blame for a failure, the smallest first.</param>
internal sealed class FailureIsolation(
    Func<IReadOnlyCollection<string>, string?> failureWith,
    IReadOnlyList<string> weighted,
    Func<string, IEnumerable<IReadOnlyList<string>>> suspectsOf
)
{
    /// <summary>Networks have one or two such places; when there are more, looking for the next costs more than it saves.</summary>
    private const int MostCulprits = 8;

    private readonly Dictionary<string, string> _float = [];

    /// <returns>
    /// The nodes to leave in float, each with the failure that it is to blame for; empty when nothing fails. Null when the model
    /// fails with nothing quantized at all: then quantization is not to blame.
    /// </returns>
    public IReadOnlyDictionary<string, string>? Find()
    {
        if (failureWith([]) is not { } failure)
            return _float;
        if (failureWith(weighted) is not null)
            return null;
        for (int culprits = 0; culprits < MostCulprits; culprits++)
        {
            if (FloatSuspects(failure))
                return _float;
            Float([weighted[FirstFailing() - 1]], failure);
            if (failureWith(_float.Keys) is not { } next)
                return _float;
            failure = next;
        }
        Float(weighted.Skip(FirstFailing() - 1), failure);
        return _float;
    }

    /// <summary>True when one of the sets in float was enough.</summary>
    private bool FloatSuspects(string failure)
    {
        foreach (IReadOnlyList<string> suspects in suspectsOf(failure))
        {
            if (suspects.All(_float.ContainsKey) || failureWith([.. _float.Keys, .. suspects]) is not null)
                continue;
            Float(suspects, failure);
            return true;
        }
        return false;
    }

    /// <summary>The least number of weighted nodes, from the first on, that fail together while those behind them are in float.</summary>
    private int FirstFailing()
    {
        int works = 0,
            fails = weighted.Count;
        while (fails - works > 1)
        {
            int middle = (works + fails) / 2;
            if (failureWith([.. _float.Keys, .. weighted.Skip(middle)]) is null)
                works = middle;
            else
                fails = middle;
        }
        return fails;
    }

    private void Float(IEnumerable<string> nodes, string failure)
    {
        foreach (string node in nodes)
            _float.TryAdd(node, failure);
    }
}
