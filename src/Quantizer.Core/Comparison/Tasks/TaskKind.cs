namespace Quantizer.Comparison.Tasks;

/// <summary>What a network is for, and so by what its quantized form is judged.</summary>
public enum TaskKind
{
    /// <summary>Anything else: the signal over the error.</summary>
    Values = 0,

    /// <summary>One list of class scores.</summary>
    Classes = 1,

    /// <summary>Class scores at every position of a sequence.</summary>
    Positions = 2,

    /// <summary>Scores of the next token at every position.</summary>
    Tokens = 3,

    /// <summary>Class scores at every pixel.</summary>
    Pixels = 4,

    /// <summary>Vectors that are compared with each other.</summary>
    Embeddings = 5,

    /// <summary>Characters by CTC.</summary>
    Text = 6,

    /// <summary>One probability for every pixel.</summary>
    Masks = 7,

    /// <summary>Objects with boxes.</summary>
    Boxes = 8,

    /// <summary>Pictures made of pictures.</summary>
    Pictures = 9,

    /// <summary>Every value a probability of its own.</summary>
    Decisions = 10,
}
