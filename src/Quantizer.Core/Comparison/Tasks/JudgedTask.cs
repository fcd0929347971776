namespace Quantizer.Comparison.Tasks;

/// <summary>Judges by a task: from what both models made of one sample to a small answer, and from all answers to figures.</summary>
internal abstract class JudgedTask
{
    public abstract TaskKind Kind { get; }

    /// <summary>The outputs it reads, by the FP32 model's names.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>Whether the two models may give lists of different lengths, as detectors do.</summary>
    public virtual bool TakesAnyLength => false;

    /// <summary>The parts of different kinds that the output joins; none when it is of one kind.</summary>
    /// <param name="output">An output's name.</param>
    /// <param name="shape">Of one sample.</param>
    public virtual IReadOnlyList<OutputPart> PartsOf(string output, IReadOnlyList<long> shape) => [];

    /// <summary>The outputs that hold scores which a sigmoid has yet to make shares of.</summary>
    public virtual IReadOnlyList<string> Logits => [];

    /// <summary>Called by several threads.</summary>
    public abstract TaskAnswer? Judge(JudgedSample sample);

    /// <summary>Whether both models' answers can be the same: a class is or is not, while two vectors always differ a little.</summary>
    public virtual bool IsDiscrete => true;

    /// <summary>How far both models' answers are apart: 0 where they are the same, more where more of them differs.</summary>
    public abstract double DistanceOf(TaskAnswer answer);

    /// <summary>Which classes became which others, each pair once; none in tasks without classes.</summary>
    public virtual IReadOnlyList<ChangedClass> ChangesOf(TaskAnswer answer) => [];

    /// <summary>What a class of <see cref="ChangesOf"/> is called.</summary>
    public virtual string NameOf(int label, ClassNames names) => names.Of(label);

    /// <summary>Both models' answers to one sample, for people.</summary>
    public abstract ShownAnswer Show(JudgedSample sample, ClassNames names);

    /// <param name="answers">In the order of the samples.</param>
    /// <param name="outputs">How far each output differs.</param>
    public abstract JudgedFigures Total(IReadOnlyList<TaskAnswer> answers, IReadOnlyList<OutputDifference> outputs);
}

/// <typeparam name="TAnswer">What one sample says.</typeparam>
internal abstract class JudgedTask<TAnswer> : JudgedTask
    where TAnswer : TaskAnswer
{
    public sealed override TaskAnswer? Judge(JudgedSample sample) => Answer(sample);

    public sealed override JudgedFigures Total(IReadOnlyList<TaskAnswer> answers, IReadOnlyList<OutputDifference> outputs) =>
        Total([.. answers.Cast<TAnswer>()]);

    public sealed override double DistanceOf(TaskAnswer answer) => Distance((TAnswer)answer);

    public sealed override IReadOnlyList<ChangedClass> ChangesOf(TaskAnswer answer) => Changes((TAnswer)answer);

    protected abstract TAnswer? Answer(JudgedSample sample);

    /// <inheritdoc cref="DistanceOf"/>
    protected abstract double Distance(TAnswer answer);

    /// <inheritdoc cref="ChangesOf"/>
    protected virtual IReadOnlyList<ChangedClass> Changes(TAnswer answer) => [];

    protected abstract JudgedFigures Total(IReadOnlyList<TAnswer> answers);

    /// <summary>0 of nothing.</summary>
    protected static double Share(double part, double whole) => whole == 0 ? 0 : part / whole;

    protected static double Percent(double part, double whole) => whole == 0 ? double.NaN : 100 * part / whole;
}
