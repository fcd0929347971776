using Google.Protobuf;
using Quantizer.Graphs.Serialization.Mapping;
using Quantizer.Graphs.Serialization.Wire;

namespace Quantizer.Graphs.Serialization.ExternalData;

/// <summary>Fetches tensors' external data: mapped, not copied.</summary>
/// <param name="source">The model, for messages.</param>
/// <param name="locations">Where the data may lie; null for a model in memory, which has no folder.</param>
/// <param name="files">Owns the maps.</param>
internal sealed class ExternalFiles(string source, IDataLocations? locations, MappingCache files)
{
    /// <summary>Turns the tensor's external data into raw data.</summary>
    /// <exception cref="ModelFormatException">The reference is wrong, leaves the folder, or names data that is not there.</exception>
    public void Inline(TensorProto tensor)
    {
        try
        {
            tensor.RawData = UnsafeByteOperations.UnsafeWrap(Fetch(tensor));
        }
        catch (ExternalDataException error)
        {
            throw Wrong(tensor, error.Message, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Wrong(tensor, $"cannot be read ({error.Message.TrimEnd('.')})", error);
        }
        tensor.ExternalData.Clear();
        tensor.ClearDataLocation();
    }

    private ReadOnlyMemory<byte> Fetch(TensorProto tensor)
    {
        ExternalReference reference = ExternalReference.Of(tensor);
        if (locations is null)
            throw new ExternalDataException("cannot be found for a model given as bytes; give it as a file");
        string path = locations.Resolve(reference.Location);
        if (!File.Exists(path))
            throw new ExternalDataException("is missing");
        long length = reference.Length ?? DeclaredLength(tensor) ?? new FileInfo(path).Length - reference.Offset;
        if (length == 0)
            return default;
        MappedFile file = files.Open(path);
        if (length < 0 || reference.Offset > file.Length || length > file.Length - reference.Offset)
            throw new ExternalDataException($"holds {file.Length} bytes, too few for {length} bytes at {reference.Offset}");
        if (length > int.MaxValue)
            throw new ExternalDataException($"gives one tensor of {length} bytes; tensors of up to {int.MaxValue} bytes are supported");
        return file.Window(reference.Offset, (int)length);
    }

    private static long? DeclaredLength(TensorProto tensor)
    {
        long count = 1;
        int bits = ElementSizes.BitsOf((ElementType)tensor.DataType);
        try
        {
            foreach (long dimension in tensor.Dims)
                count = checked(count * dimension);
            return bits == 0 ? null : ElementSizes.BytesOf((ElementType)tensor.DataType, count);
        }
        catch (OverflowException error)
        {
            throw new ExternalDataException("cannot hold a tensor of more elements than 64 bits can count", error);
        }
    }

    private ModelFormatException Wrong(TensorProto tensor, string what, Exception inner) =>
        new(
            $"'{source}': the external data '{ExternalReference.LocationOf(tensor)}' of tensor '{tensor.Name}' {what}. "
                + "Put the model and its data files into one folder as they were exported, or export the model again.",
            inner
        );
}
