using Quantizer.Execution;
using Quantizer.Graphs;

namespace Quantizer.Core.Tests.Execution;

/// <summary>Runs alone, with a temporary folder of its own: tests beside it, and other processes, use the common one.</summary>
[Collection(nameof(TemporaryFileTests))]
[CollectionDefinition(nameof(TemporaryFileTests), DisableParallelization = true)]
public sealed class TemporaryFileTests : IDisposable
{
    private static readonly string[] Variables = ["TMPDIR", "TMP", "TEMP"];

    private readonly string _folder = Directory.CreateTempSubdirectory("quantizer-test-").FullName;
    private readonly string?[] _before = [.. Variables.Select(Environment.GetEnvironmentVariable)];

    public TemporaryFileTests()
    {
        foreach (string variable in Variables)
            Environment.SetEnvironmentVariable(variable, _folder);
    }

    [Fact]
    public void No_temporary_folder_is_left_behind()
    {
        Assert.Equal(Path.TrimEndingDirectorySeparator(_folder), Path.TrimEndingDirectorySeparator(Path.GetTempPath()));
        // Neither by a model that opens nor by one that does not.
        OptimizedGraph.Of(SmallNetworks.ConvRelu());
        Assert.Throws<QuantizationException>(() => OptimizedGraph.Of([1, 2, 3], "broken"));

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    /// <summary>Windows, macOS, and a Linux that shows no /proc.</summary>
    [Fact]
    public void A_model_that_cannot_stay_in_memory_is_read_back_from_a_folder()
    {
        using (ScratchModel scratch = new(isInMemory: false))
        {
            Assert.StartsWith(_folder, scratch.Path, StringComparison.Ordinal);
            Assert.Null(scratch.WeightsName);
            using OnnxModel network = SmallNetworks.ConvRelu();
            InferenceModel.LoadToInspect(network, new ExecutionOptions { OptimizedModelPath = scratch.Path }).Dispose();
            using OnnxModel read = scratch.Read();
            Assert.NotEmpty(read.Graph.Nodes);
        }

        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    public void Dispose()
    {
        for (int i = 0; i < Variables.Length; i++)
            Environment.SetEnvironmentVariable(Variables[i], _before[i]);
        Directory.Delete(_folder, recursive: true);
    }
}
