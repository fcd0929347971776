using System.Collections.Concurrent;
using Quantizer.Pipeline;

namespace Quantizer.Core.Tests.Pipeline;

/// <summary>Remembers what a run told while it worked.</summary>
internal sealed class HeardProgress : IProgressObserver
{
    private readonly ConcurrentQueue<(string Stage, int Thread)> _advances = [];
    private readonly ConcurrentQueue<string> _notes = [];
    private readonly List<(string Name, int Steps)> _stages = [];
    private readonly List<WorkAhead> _work = [];
    private volatile string _stage = "";

    /// <summary>Called when a stage begins, with its name.</summary>
    public Action<string> At { get; init; } = _ => { };

    public IReadOnlyList<(string Name, int Steps)> Stages => _stages;

    public IReadOnlyCollection<string> Notes => _notes;

    public IReadOnlyList<WorkAhead> Work => _work;

    /// <summary>How many threads told of their progress in a stage.</summary>
    public int ThreadsOf(string stage) =>
        _advances.Where(advance => advance.Stage == stage).Select(advance => advance.Thread).Distinct().Count();

    public void StageStarted(string stage, int total)
    {
        _stage = stage;
        _stages.Add((stage, total));
        At(stage);
    }

    public void Advanced(int done) => _advances.Enqueue((_stage, Environment.CurrentManagedThreadId));

    public void WorkCounted(WorkAhead work) => _work.Add(work);

    public void Noted(string message) => _notes.Enqueue(message);
}
