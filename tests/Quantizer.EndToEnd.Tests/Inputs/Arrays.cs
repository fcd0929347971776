using System.IO.Compression;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Inputs;

/// <summary>Arrays of samples, in the files that users save them in.</summary>
internal static class Arrays
{
    /// <summary>An .npz file with one array of random floats whose first axis is the samples.</summary>
    public static string WriteRandom(this Workspace workspace, string file, string array, long[] shape, Action<float[]>? edit = null)
    {
        float[] values = RandomValues.Floats((int)shape.Aggregate(1L, (product, size) => product * size), seed: 7);
        edit?.Invoke(values);
        return workspace.Write(file, NumPy.Archive(CompressionLevel.Fastest, (array, NumPy.Array("<f4", shape, values))));
    }

    /// <summary>Samples for <see cref="Networks.Classifier"/>.</summary>
    public static string WriteSamples(this Workspace workspace, int count = 8, Action<float[]>? edit = null) =>
        workspace.WriteRandom("inputs.npz", "x", [count, 3, Networks.Side, Networks.Side], edit);

    /// <summary>A folder of pictures for <see cref="Networks.Classifier"/>, four to each class folder.</summary>
    public static string WritePictures(this Workspace workspace, string folder = "pictures", int perClass = 4)
    {
        for (int label = 0; label < Networks.Classes; label++)
        {
            for (int i = 0; i < perClass; i++)
                workspace.Write($"{folder}/class{label}/{i}.png", DrawnPictures.Png((label * perClass) + i));
        }

        return workspace.PathOf(folder);
    }
}
