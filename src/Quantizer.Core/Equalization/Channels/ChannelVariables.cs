namespace Quantizer.Equalization.Channels;

/// <summary>
/// The scales of channels as variables: united where an operator wants the same scale for both, and locked where a channel must keep its
/// scale of one.
/// </summary>
internal sealed class ChannelVariables
{
    /// <summary>The variable of whatever must not be scaled.</summary>
    public const int Locked = 0;

    private readonly List<int> _parents = [Locked];

    /// <summary>Variables made so far, the locked one included.</summary>
    public int Count => _parents.Count;

    public int[] New(int count)
    {
        int[] made = [.. Enumerable.Range(_parents.Count, count)];
        _parents.AddRange(made);
        return made;
    }

    /// <summary>The variable that stands for all that are united with this one.</summary>
    public int Root(int variable)
    {
        while (_parents[variable] != variable)
        {
            _parents[variable] = _parents[_parents[variable]];
            variable = _parents[variable];
        }
        return variable;
    }

    /// <summary>Both get one scale. The older one stands for it, so that the result does not depend on the order of calls.</summary>
    public void Unite(int one, int other)
    {
        (int first, int second) = (Root(one), Root(other));
        _parents[Math.Max(first, second)] = Math.Min(first, second);
    }

    public bool IsLocked(int variable) => Root(variable) == Locked;
}
