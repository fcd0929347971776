using Quantizer.Comparison.Tasks;
using Quantizer.Execution;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Reporting;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Comparison.Tasks;

/// <summary>Lines of text that a real recognizer reads, against what stands in them.</summary>
public sealed class ReadLinesTests
{
    private const int Classes = 6625,
        LinesRead = 64;

    private static readonly PictureOptions Pictures = new()
    {
        Preset = PicturePreset.MinusOneOne,
        Channels = ChannelOrder.Bgr,
        Size = (320, 48),
    };

    private static string Labels => SharedFolder.Data("ocr/lines-val.txt");

    [SharedFolderFact]
    public void Right_characters_are_counted_from_pictures_to_report()
    {
        using TemporaryFolder folder = new();
        string characters = folder.File("characters.txt");
        File.WriteAllLines(characters, Characters());

        QuantizationReport report = QuantizationPipeline.Compare(
            new CompareOptions
            {
                Fp32Path = SharedFolder.Model("ppocrv4-rec.onnx"),
                Int8Path = SharedFolder.Model("ppocrv4-rec.onnx"),
                DataPaths = [SharedFolder.Data("ocr/lines-val")],
                LabelsPath = Labels,
                Judging = new TaskOptions { CharactersPath = characters },
                Samples = LinesRead,
                Pictures = Pictures,
            },
            null,
            CancellationToken.None
        );

        TaskFigure right = report.Task!.Figures.Single(figure => figure.Name == "Right characters");
        Assert.Equal(TaskKind.Text, report.Task.Kind);
        // With the list that the model was trained with, which is not among the data, 91 % of all lines; what was learnt here lacks some.
        Assert.InRange(right.Fp32!.Value, 75, 95);
        Assert.Equal(right.Fp32, right.Int8);
    }

    /// <summary>What the classes stand for, but for the blank: as lines tell that are read in their length. What they do not tell stands
    /// for what no line holds.</summary>
    private static string[] Characters()
    {
        Dictionary<string, string> texts = File.ReadAllLines(Labels)
            .Select(line => line.Split('\t', 2))
            .ToDictionary(line => line[0], line => line[1]);
        Dictionary<int, List<char>> seen = [];
        using SourceModel source = SourceModel.Open(SharedFolder.Model("ppocrv4-rec.onnx"));
        DataOpening opening = new(source.Model, source.Session, source.Path, Pictures, new InputOptions(), threads: 2);
        using DataSet set = opening.Open([SharedFolder.Data("ocr/lines-val")], null, LinesRead, 0, CancellationToken.None);
        foreach (int index in Enumerable.Range(0, set.Samples.Count))
        {
            int[] read = Read(source.Session, set.Samples.Load(index));
            string text = texts[set.Samples.NameOf(index)];
            foreach ((int character, char letter) in read.Length == text.Length ? read.Zip(text) : [])
                (seen.TryGetValue(character, out List<char>? letters) ? letters : seen[character] = []).Add(letter);
        }
        return
        [
            .. Enumerable
                .Range(1, Classes - 1)
                .Select(character =>
                    seen.TryGetValue(character, out List<char>? letters)
                        ? $"{letters.GroupBy(letter => letter).MaxBy(letter => letter.Count())!.Key}"
                        : "\u2603"
                ),
        ];
    }

    private static int[] Read(InferenceModel model, Sample sample)
    {
        float[] scores = model.Run(sample.Inputs).Values.Single().Floats.ToArray();
        List<int> read = [];
        int before = 0;
        for (int position = 0; position < scores.Length / Classes; position++)
        {
            ReadOnlySpan<float> here = scores.AsSpan(position * Classes, Classes);
            int top = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(here);
            if (top != 0 && top != before)
                read.Add(top);
            before = top;
        }
        return [.. read];
    }
}
