using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary>Every tensor message of a model, wherever it is nested.</summary>
internal static class TensorWalk
{
    /// <summary>
    /// Is told of each tensor, and whether the graph types hold it (initializers, attributes of one tensor, also in
    /// subgraphs) or it only passes through (tensor lists, sparse tensors, functions, training information).
    /// </summary>
    public delegate void Visitor(TensorProto tensor, bool isModelled);

    public static void Visit(ModelProto model, Visitor visit)
    {
        if (model.Graph is not null)
            Visit(model.Graph, isModelled: true, visit);
        foreach (FunctionProto function in model.Functions)
        {
            foreach (NodeProto node in function.Node)
                Visit(node, isModelled: false, visit);
            foreach (AttributeProto attribute in function.AttributeProto)
                Visit(attribute, isModelled: false, visit);
        }
        foreach (TrainingInfoProto training in model.TrainingInfo)
        {
            if (training.Initialization is not null)
                Visit(training.Initialization, isModelled: false, visit);
            if (training.Algorithm is not null)
                Visit(training.Algorithm, isModelled: false, visit);
        }
    }

    private static void Visit(GraphProto graph, bool isModelled, Visitor visit)
    {
        foreach (TensorProto tensor in graph.Initializer)
            visit(tensor, isModelled);
        foreach (SparseTensorProto sparse in graph.SparseInitializer)
            Visit(sparse, visit);
        foreach (NodeProto node in graph.Node)
            Visit(node, isModelled, visit);
    }

    private static void Visit(NodeProto node, bool isModelled, Visitor visit)
    {
        foreach (AttributeProto attribute in node.Attribute)
            Visit(attribute, isModelled, visit);
    }

    private static void Visit(AttributeProto attribute, bool isModelled, Visitor visit)
    {
        if (attribute.T is not null)
            visit(attribute.T, isModelled);
        if (attribute.G is not null)
            Visit(attribute.G, isModelled, visit);
        foreach (GraphProto graph in attribute.Graphs)
            Visit(graph, isModelled, visit);
        foreach (TensorProto tensor in attribute.Tensors)
            visit(tensor, isModelled: false);
        if (attribute.SparseTensor is not null)
            Visit(attribute.SparseTensor, visit);
        foreach (SparseTensorProto sparse in attribute.SparseTensors)
            Visit(sparse, visit);
    }

    private static void Visit(SparseTensorProto sparse, Visitor visit)
    {
        if (sparse.Values is not null)
            visit(sparse.Values, isModelled: false);
        if (sparse.Indices is not null)
            visit(sparse.Indices, isModelled: false);
    }
}
