namespace Quantizer.Samples.Records;

/// <summary>
/// Data of one format, as a list of samples in the data's own types. Safe to call from several threads. What a header tells is
/// checked when the source is opened.
/// </summary>
internal interface IRecordSource : IDisposable
{
    /// <summary>The file or folder.</summary>
    string Path { get; }

    int Count { get; }

    /// <summary>The model's inputs that every sample feeds.</summary>
    IReadOnlyList<string> Inputs { get; }

    /// <summary>What the data hold beside that, for messages: "array 'x'".</summary>
    IReadOnlyList<string> Unused => [];

    /// <summary>What the user should know of how the data are read.</summary>
    IReadOnlyList<string> Notes => [];

    /// <summary>Whether samples are files of a folder, which have no order but that of their names.</summary>
    bool IsByName => false;

    /// <summary>A name for messages, reports and labels, distinct within the source.</summary>
    string NameOf(int index);

    /// <summary>The class index, where the data name one.</summary>
    int? LabelOf(int index) => null;

    /// <summary>Whether a sample begins a sequence: nothing before it may influence it.</summary>
    bool IsBeginning(int index) => index == 0;

    /// <summary>Says which samples will be loaded, before the first is: formats that are read from start to end only then read
    /// once.</summary>
    /// <param name="indices">Ascending.</param>
    void Announce(IReadOnlyList<int> indices) { }

    /// <exception cref="BrokenSampleException">This sample cannot be read.</exception>
    /// <exception cref="QuantizationException">The data cannot be used at all.</exception>
    IReadOnlyList<RawArray> Load(int index);
}
