namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>How a detector writes its boxes.</summary>
internal abstract class BoxHead
{
    /// <summary>The outputs it reads.</summary>
    public abstract IReadOnlyList<string> Outputs { get; }

    /// <summary>What counts as found where the user does not say.</summary>
    public virtual double UsualConfidence => 0.3;

    /// <summary>Whether boxes are in coordinates that a file of right boxes can be compared with.</summary>
    public virtual bool HasPlaces => true;

    /// <summary>See <see cref="JudgedTask.Logits"/>.</summary>
    public virtual IReadOnlyList<string> Logits => [];

    /// <summary>Of one sample: detections above the confidence, doubles suppressed.</summary>
    /// <param name="outputs">Values and shape by output name.</param>
    public abstract IReadOnlyList<Detection> Decode(IReadOnlyDictionary<string, HeadOutput> outputs, double confidence);

    /// <summary>See <see cref="JudgedTask.PartsOf"/>.</summary>
    public virtual IReadOnlyList<OutputPart> PartsOf(string output, IReadOnlyList<long> shape) => [];

    /// <summary>At which overlap one of two boxes of a class is left out.</summary>
    protected const double UsualOverlap = 0.5;

    /// <summary>The class with the largest score.</summary>
    /// <param name="score">From a class to its score.</param>
    protected static (int Label, float Score) Best(int classes, Func<int, float> score)
    {
        (int label, float best) = (0, score(0));
        for (int c = 1; c < classes; c++)
        {
            if (score(c) > best)
                (label, best) = (c, score(c));
        }
        return (label, best);
    }
}

/// <summary>One model's output of one sample.</summary>
internal sealed record HeadOutput(IReadOnlyList<long> Shape, float[] Values)
{
    /// <summary>The numbers of each place behind each other: of a map [1, K, H, W] the K of its pixels, one after the other.</summary>
    public (float[] Values, int Width) Rows()
    {
        if (Shape.Count != 4)
            return (Values, (int)Shape[^1]);
        int width = (int)Shape[1],
            places = Values.Length / Math.Max(1, width);
        float[] rows = new float[Values.Length];
        for (int number = 0; number < width; number++)
        {
            for (int place = 0; place < places; place++)
                rows[(place * width) + number] = Values[(number * places) + place];
        }
        return (rows, width);
    }
}
