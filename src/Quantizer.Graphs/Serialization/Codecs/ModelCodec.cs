using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.Codecs;

/// <summary><see cref="OnnxModel"/> from and to its message.</summary>
internal static class ModelCodec
{
    /// <summary>Consumes the message: what is left in it afterwards is the model's preserved rest.</summary>
    public static OnnxModel Read(ModelProto proto, TensorReader tensors, IDisposable? storage)
    {
        OnnxModel model = new(GraphCodec.Read(proto.Graph, tensors), storage)
        {
            IrVersion = proto.IrVersion,
            ModelVersion = proto.ModelVersion,
            ProducerName = proto.ProducerName,
            ProducerVersion = proto.ProducerVersion,
            Domain = proto.Domain,
            DocString = proto.DocString,
            OperatorSets = [.. proto.OpsetImport.Select(set => new OperatorSet(StandardDomain.Canonical(set.Domain), set.Version))],
            Metadata = [.. proto.MetadataProps.Select(entry => KeyValuePair.Create(entry.Key, entry.Value))],
        };
        proto.Graph = null;
        if (proto.IrVersion != 0)
            proto.ClearIrVersion();
        if (proto.ModelVersion != 0)
            proto.ClearModelVersion();
        if (proto.ProducerName.Length > 0)
            proto.ClearProducerName();
        if (proto.ProducerVersion.Length > 0)
            proto.ClearProducerVersion();
        if (proto.Domain.Length > 0)
            proto.ClearDomain();
        if (proto.DocString.Length > 0)
            proto.ClearDocString();
        model.Preserved = Preservation.Rest(proto);
        return model;
    }

    public static ModelProto Write(OnnxModel model, TensorWriter tensors)
    {
        ModelProto proto = Preservation.Start(ModelProto.Parser, model.Preserved);
        if (model.IrVersion != 0)
            proto.IrVersion = model.IrVersion;
        if (model.ModelVersion != 0)
            proto.ModelVersion = model.ModelVersion;
        if (model.ProducerName.Length > 0)
            proto.ProducerName = model.ProducerName;
        if (model.ProducerVersion.Length > 0)
            proto.ProducerVersion = model.ProducerVersion;
        if (model.Domain.Length > 0)
            proto.Domain = model.Domain;
        if (model.DocString.Length > 0)
            proto.DocString = model.DocString;
        WriteOperatorSets(model, proto);
        WriteMetadata(model, proto);
        proto.Graph = GraphCodec.Write(model.Graph, tensors);
        return proto;
    }

    // The file's own entries stay in the rest and are taken up again by domain, so that their spelling survives.
    private static void WriteOperatorSets(OnnxModel model, ModelProto proto)
    {
        List<OperatorSetIdProto> originals = [.. proto.OpsetImport];
        proto.OpsetImport.Clear();
        foreach (OperatorSet set in model.OperatorSets)
        {
            OperatorSetIdProto? entry = originals.Find(original => StandardDomain.Canonical(original.Domain) == set.Domain);
            if (entry is null)
                entry = set.Domain.Length > 0 ? new OperatorSetIdProto { Domain = set.Domain } : new OperatorSetIdProto();
            else
                originals.Remove(entry);
            if (entry.Version != set.Version)
                entry.Version = set.Version;
            proto.OpsetImport.Add(entry);
        }
    }

    private static void WriteMetadata(OnnxModel model, ModelProto proto)
    {
        List<StringStringEntryProto> originals = [.. proto.MetadataProps];
        proto.MetadataProps.Clear();
        foreach ((string key, string value) in model.Metadata)
        {
            StringStringEntryProto? entry = originals.Find(original => original.Key == key);
            if (entry is null)
                entry = new StringStringEntryProto { Key = key };
            else
                originals.Remove(entry);
            if (entry.Value != value)
                entry.Value = value;
            proto.MetadataProps.Add(entry);
        }
    }
}
