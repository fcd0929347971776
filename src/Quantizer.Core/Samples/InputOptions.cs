using Quantizer.Graphs;

namespace Quantizer.Samples;

/// <summary>What the user says of a model's inputs beside where their data lie. Pictures have options of their own.</summary>
public sealed record InputOptions
{
    /// <summary>Inputs that are the same for every sample, by name: their values in row-major order; a single value fills the whole
    /// input.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> Constants { get; init; } = new Dictionary<string, IReadOnlyList<double>>();

    /// <summary>State, by input: the model's output whose value for one sample is the input's for the next. Zeros for the first sample,
    /// and for the first of each file of a folder. Samples are then taken in order.</summary>
    public IReadOnlyDictionary<string, string> Feedback { get; init; } = new Dictionary<string, string>();

    /// <summary>The input that switches positions off; null: found by its name.</summary>
    public string? Mask { get; init; }

    /// <summary>What turns sentences into token numbers: a vocab.txt or tokenizer.json. Needed for text only.</summary>
    public string? TokenizerPath { get; init; }

    /// <summary>Length of one sample cut from a recording; null: the length that the model's input has.</summary>
    public int? Frame { get; init; }

    /// <summary>From the beginning of one sample of a recording to that of the next; null: as <see cref="Frame"/>.</summary>
    public int? Hop { get; init; }

    /// <summary>The type of the values of files without a header.</summary>
    public ElementType? RawType { get; init; }

    /// <summary>The shape of one sample in files without a header.</summary>
    public IReadOnlyList<long>? RawShape { get; init; }
}
