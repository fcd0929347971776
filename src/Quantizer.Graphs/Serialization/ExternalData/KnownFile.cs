namespace Quantizer.Graphs.Serialization.ExternalData;

/// <summary>All of the data lies in one file that the caller names.</summary>
internal sealed class KnownFile(string path) : IDataLocations
{
    public string Resolve(string location) => path;
}
