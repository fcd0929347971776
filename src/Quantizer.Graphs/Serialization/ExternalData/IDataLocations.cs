namespace Quantizer.Graphs.Serialization.ExternalData;

/// <summary>Decides which files a model's external data may be read from.</summary>
internal interface IDataLocations
{
    /// <summary>The path of a location entry.</summary>
    /// <exception cref="ExternalDataException">It may not be read. The message says why.</exception>
    string Resolve(string location);
}
