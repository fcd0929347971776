using Quantizer.Graphs;

namespace Quantizer.Placement.Contract.Edits;

/// <summary>A change of the float graph, made before anything is quantized. It changes no value that another node sees.</summary>
internal abstract record GraphChange
{
    /// <param name="newName">Makes a name that nothing in the graph has from the one wished for.</param>
    public abstract void Apply(Graph graph, Func<string, string> newName);
}
