using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Preprocessing.Discovery;

/// <summary>A classifier of 3x224x224 and 1,000 classes without BatchNormalization, and no more than 43 pictures without labels.</summary>
public sealed class ThousandClassesTests : IDisposable
{
    private const int Classes = 1000,
        Pictures = 43,
        Side = 224;

    /// <summary>Of a colour that is a tenth of black to white away from another.</summary>
    private const float Sureness = 400;

    private readonly TemporaryFolder _folder = new();

    public ThousandClassesTests()
    {
        for (int i = 0; i < Pictures; i++)
            _folder.Draw($"{i}.png", 30, 20, DrawnPictures.Colour(i));
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("raw")]
    [InlineData("imagenet")]
    public void It_is_prepared_rightly(string preset)
    {
        PreparationChoice choice = Find(preset);

        Assert.Equal((preset, false), (choice.Preset, choice.IsGuess));
        Assert.Equal($"--preset {preset} --channels rgb --resize crop", choice.Flags);
        Assert.Contains("Their middle is cut out (--resize crop), which is customary for such networks.", choice.Explanation);
    }

    private PreparationChoice Find(string preset)
    {
        using TemporaryFolder folder = new();
        string path = Path.Combine(folder.Path, "model.onnx");
        OnnxFile.Write(Network(preset), path);
        using SourceModel source = SourceModel.Open(path);
        DataOpening opening = new(source.Model, source.Session, path, new PictureOptions(), new InputOptions(), threads: 2);
        using DataSet data = opening.Open([_folder.Path], null, 512, 0, CancellationToken.None);
        return opening.Preparation!;
    }

    /// <summary>
    /// Each class is a colour, the first of them those of the pictures, prepared in one way. The score is the negative square of the
    /// distance of the mean colour, without the part that is the same for all: 2cx - cc.
    /// </summary>
    private static OnnxModel Network(string preset)
    {
        PicturePreset values = PicturePreset.Parse(preset);
        // Distances are to mean the same in all scales.
        float unit = Sureness / MathF.Pow(values.Scale * 255 / values.Std[0], 2);
        float[] weights = new float[3 * Classes],
            bias = new float[Classes];
        for (int c = 0; c < Classes; c++)
        {
            SkiaSharp.SKColor colour = DrawnPictures.Colour(c);
            byte[] bytes = [colour.Red, colour.Green, colour.Blue];
            for (int channel = 0; channel < 3; channel++)
            {
                float mean = values.Mean[channel % values.Mean.Count],
                    centre = ((bytes[channel] * values.Scale) - mean) / values.Std[channel % values.Std.Count];
                weights[(channel * Classes) + c] = 2 * unit * centre;
                bias[c] -= unit * centre * centre;
            }
        }
        return new GraphBuilder()
            .Input("x", ["n", 3, Side, Side])
            .Node("GlobalAveragePool", ["x"], ["mean"])
            .Node("Flatten", ["mean"], ["flat"])
            .Constant("w", [3, Classes], weights)
            .Constant("b", [Classes], bias)
            .Node("Gemm", ["flat", "w", "b"], ["logits"])
            .Output("logits", ["n", Classes])
            .Build();
    }
}
