using Quantizer.Graphs;

namespace Quantizer.Rewriting;

/// <summary>ONNX Runtime's own operators that are written.</summary>
internal static class MicrosoftOperators
{
    public const string Domain = "com.microsoft";

    /// <summary>Lets a model hold them.</summary>
    public static void Import(OnnxModel model)
    {
        if (model.OperatorSets.TrueForAll(set => set.Domain != Domain))
            model.OperatorSets.Add(new OperatorSet(Domain, 1));
    }
}
