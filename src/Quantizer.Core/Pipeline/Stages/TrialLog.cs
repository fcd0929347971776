using Quantizer.Reporting;
using Quantizer.Search;

namespace Quantizer.Pipeline.Stages;

/// <summary>What a run judged on its way, in this order: of most of it nothing is left in the file.</summary>
internal sealed class TrialLog
{
    private readonly List<TriedReport> _rows = [];

    public IReadOnlyList<TriedReport> Rows => _rows;

    /// <summary>Planning begins anew, because something of the network has to stay in float: what it came to before counts no
    /// more.</summary>
    public void Clear() => _rows.Clear();

    public void Add(string choice, IEnumerable<JudgedCandidate> candidates)
    {
        foreach (JudgedCandidate candidate in candidates)
            Add(choice, candidate);
    }

    public void Add(string choice, JudgedCandidate candidate) =>
        _rows.Add(
            new TriedReport(choice, candidate.Name, Finite(candidate.SqnrDb), candidate.Samples, candidate.IsTaken)
            {
                BeforeDb = Finite(candidate.BeforeDb),
            }
        );

    /// <summary>What was judged by its speed alone.</summary>
    public void AddTimed(string choice, string candidate, double speedup, bool isTaken) =>
        _rows.Add(new TriedReport(choice, candidate, SqnrDb: null, Samples: 0, isTaken) { Speedup = speedup });

    /// <summary>Says that a candidate, the last of its name, was taken in the end; where there is none, nothing.</summary>
    public void Take(string choice, string candidate)
    {
        int row = _rows.FindLastIndex(row => row.Choice == choice && row.Candidate == candidate);
        if (row >= 0)
            _rows[row] = _rows[row] with { Taken = true };
    }

    private static double? Finite(double? sqnrDb) => sqnrDb is { } value && double.IsFinite(value) ? value : null;
}
