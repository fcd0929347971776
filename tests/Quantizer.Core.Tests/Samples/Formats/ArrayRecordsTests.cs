using System.IO.Compression;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples.Formats;

public sealed class ArrayRecordsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a", false)]
    [InlineData("aa", true)]
    public void An_array_of_another_name_is_told_where_it_could_be_another_inputs(string name, bool isTold)
    {
        string path = Npz(
            CompressionLevel.Optimal,
            ("b", NumPy.Array("<i8", [2, 1], 7L, 8)),
            (name, NumPy.Array("<f4", [2, 2], 0f, 1, 2, 3)),
            ("y", NumPy.Array("<i8", [2], 2L, 0))
        );
        TensorSignature a = Input("a", ElementType.Float, null, 2),
            b = Input("b", ElementType.Int64, null, 1);

        using RecordSamples both = OpenedData.Of(path, a, b);
        Assert.Equal(isTold ? ["The array 'aa' feeds the input 'a': there is no other."] : [], both.Notes);
    }

    [Fact]
    public void What_feeds_the_only_input_needs_no_name()
    {
        TensorSignature a = Input("a", ElementType.Float, null, 2),
            mask = Input("attention_mask", ElementType.Int64, null, null);
        byte[] values = NumPy.Array("<f4", [2, 2], 0f, 1, 2, 3);

        using (RecordSamples only = OpenedData.Of(Npz(CompressionLevel.Optimal, ("aa", values)), a))
            Assert.Empty(only.Notes);
        // A file's name is none that anybody gave an array.
        using RecordSamples unnamed = OpenedData.Of(_folder.Write("part1.npy", values), a, mask);
        Assert.DoesNotContain(unnamed.Notes, note => note.Contains("part1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Arrays_named_like_the_inputs_feed_them_row_by_row(CompressionLevel level)
    {
        string path = Npz(
            level,
            ("b", NumPy.Array("<i8", [3, 1], 7L, 8, 9)),
            ("a", NumPy.Array("<f4", [3, 2], 0f, 1, 2, 3, 4, 5)),
            ("y", NumPy.Array("<i8", [3], 2L, 0, 1))
        );

        using RecordSamples source = OpenedData.Of(
            path,
            10,
            Input("a", ElementType.Float, null, 2),
            Input("b", ElementType.Int64, null, 1)
        );

        Assert.Equal(3, source.Count);
        for (int i = 0; i < 3; i++)
        {
            Sample sample = source.Load(i);
            int row = int.Parse(sample.Name["row ".Length..]);
            Assert.Equal([1, 2], sample.Inputs["a"].Shape);
            Assert.Equal([2f * row, 2f * row + 1], sample.Inputs["a"].Floats.ToArray());
            Assert.Equal(7L + row, BitConverter.ToInt64(sample.Inputs["b"].Data.Span));
            Assert.Equal(((int?[])[2, 0, 1])[row], sample.Label);
        }
    }

    [Fact]
    public void Texts_and_pictures_of_other_numbers_are_one_sample_where_nothing_makes_them_pairs()
    {
        TensorSignature texts = new("ids", ElementType.Int64, ["texts", "length"]),
            pictures = new("pixels", ElementType.Float, ["pictures", 2]);
        string Archive(int count) =>
            Npz(
                CompressionLevel.Fastest,
                ("ids", NumPy.Array("<i8", [3, 2], 1L, 2, 3, 4, 5, 6)),
                ("pixels", NumPy.Array("<f4", [count, 2], [.. Enumerable.Range(0, 2 * count).Select(i => (float)i)]))
            );

        using (RecordSamples one = OpenedData.Of(Archive(1), texts, pictures))
        {
            Assert.Equal(1, one.Count);
            Assert.Equal([3, 2], one.Load(0).Inputs["ids"].Shape);
            Assert.Equal([1, 2], one.Load(0).Inputs["pixels"].Shape);
            Assert.Equal(["The model's inputs have no common axis of samples; the arrays of a file are one sample."], one.Notes);
        }
        using (RecordSamples pairs = OpenedData.Of(Archive(3), texts, pictures))
            Assert.Equal(3, pairs.Count);
        Assert.Contains(
            "All need the same number. Where the model's inputs have no common axis of samples, give every array a further first axis",
            Assert.Throws<QuantizationException>(() => OpenedData.Of(Archive(1), texts, pictures with { Shape = ["texts", 2] })).Message
        );
    }

    [Fact]
    public void The_nodes_and_edges_of_a_graph_are_one_sample()
    {
        TensorSignature nodes = new("x", ElementType.Float, ["nodes", 2]),
            edges = new("edge_index", ElementType.Int64, [2, "edges"]);
        string path = Npz(
            CompressionLevel.Fastest,
            ("x", NumPy.Array("<f4", [3, 2], 0f, 1, 2, 3, 4, 5)),
            ("edge_index", NumPy.Array("<i8", [2, 2], 0L, 1, 1, 2))
        );

        using RecordSamples graph = OpenedData.Of(path, nodes, edges);

        Assert.Equal(1, graph.Count);
        Assert.Equal([3, 2], graph.Load(0).Inputs["x"].Shape);
        // What is the same for all samples stays so.
        using RecordSamples rows = OpenedData.Of(path, nodes, edges with { Shape = [2, 2] });
        Assert.Equal(3, rows.Count);
    }

    [Theory]
    [InlineData(".npy")]
    [InlineData(".npz")]
    public void Fewer_rows_than_there_are_give_the_right_ones(string ending)
    {
        byte[] array = NumPy.Array("<f4", [50, 3], [.. Enumerable.Range(0, 150).Select(i => (float)i)]);
        string path = _folder.Write($"x{ending}", ending == ".npy" ? array : NumPy.Archive(CompressionLevel.Fastest, ("whatever", array)));

        using RecordSamples source = OpenedData.Of(path, 7, Input("x", ElementType.Float, null, 3));

        Assert.Equal(7, Enumerable.Range(0, 7).Select(source.NameOf).Distinct().Count());
        for (int i = 0; i < 7; i++)
        {
            Sample sample = source.Load(i);
            Assert.Equal(3f * int.Parse(sample.Name["row ".Length..]), sample.Inputs["x"].Floats[0]);
        }
    }

    [Fact]
    public void Rows_are_chosen_evenly_over_the_labels()
    {
        string path = Npz(
            CompressionLevel.Fastest,
            ("x", NumPy.Array("<f4", [40, 1], new float[40])),
            ("labels", NumPy.Array("|u1", [40, 1], [.. Enumerable.Range(0, 40).Select(i => (byte)(i < 36 ? 0 : 1))]))
        );

        using RecordSamples source = OpenedData.Of(path, 8, Input("input", ElementType.Float, null, 1));

        Assert.Equal(4, Enumerable.Range(0, 8).Count(i => source.LabelOf(i) == 1));
    }

    [Fact]
    public void Bytes_of_pictures_reach_a_float_input_as_they_are()
    {
        string path = _folder.Write("x.npy", NumPy.Array("|u1", [2, 1, 2, 3], [.. Enumerable.Range(0, 12).Select(i => (byte)(i * 20))]));

        using RecordSamples source = OpenedData.Of(path, 2, Input("x", ElementType.Float, null, 1, 2, 3));

        Assert.Contains(
            Enumerable.Range(0, 2).Select(source.Load),
            sample => sample.Inputs["x"].Floats.SequenceEqual([120f, 140, 160, 180, 200, 220])
        );
    }

    [Fact]
    public void An_input_without_an_axis_of_samples_takes_rows_whole_and_a_scalar_serves_all()
    {
        string path = Npz(
            CompressionLevel.Fastest,
            ("input", NumPy.Array("<f4", [2, 4], new float[8])),
            ("state", NumPy.Array("<f4", [2, 2, 1, 3], new float[12])),
            ("sr", NumPy.Array("<i4", [], 16000))
        );

        using RecordSamples source = OpenedData.Of(
            path,
            2,
            Input("input", ElementType.Float, null, null),
            Input("state", ElementType.Float, 2, null, 3),
            Input("sr", ElementType.Int64)
        );

        Sample sample = source.Load(1);
        Assert.Equal([1, 4], sample.Inputs["input"].Shape);
        Assert.Equal([2, 1, 3], sample.Inputs["state"].Shape);
        Assert.Empty(sample.Inputs["sr"].Shape);
        Assert.Equal(16000L, BitConverter.ToInt64(sample.Inputs["sr"].Data.Span));
    }

    [Fact]
    public void Inputs_without_data_are_named()
    {
        string path = Npz(CompressionLevel.Fastest, ("input", NumPy.Array("<f4", [2, 4], new float[8])));

        string message = Error(
            path,
            Input("input", ElementType.Float, null, 4),
            Input("state", ElementType.Float, 2, null, 128),
            Input("sr", ElementType.Int64)
        );

        Assert.Contains("no data for input 'sr' []", message);
        Assert.Contains("Found 'input'", message);
        Assert.Contains("--input sr=VALUE", message);
    }

    [Fact]
    public void A_shape_that_does_not_fit_names_input_found_and_expected()
    {
        string path = _folder.Write("x.npy", NumPy.Array("|u1", [2, 4, 4, 3], new byte[96]));

        string message = Error(path, Input("data", ElementType.Float, null, 3, 4, 4));

        Assert.Contains("shape [2, 4, 4, 3]", message);
        Assert.Contains("'data' [?, 3, 4, 4] expects [samples, 3, 4, 4]", message);
        Assert.Contains("numpy.transpose(x, (0, 3, 1, 2))", message);
    }

    [Fact]
    public void Arrays_of_different_lengths_are_an_error()
    {
        string path = Npz(
            CompressionLevel.Fastest,
            ("a", NumPy.Array("<f4", [2, 1], new float[2])),
            ("b", NumPy.Array("<f4", [3, 1], new float[3]))
        );

        Assert.Contains("'b' of", Error(path, Input("a", ElementType.Float, null, 1), Input("b", ElementType.Float, null, 1)));
    }

    [Fact]
    public void One_hot_labels_are_an_error()
    {
        string path = Npz(
            CompressionLevel.Fastest,
            ("x", NumPy.Array("<f4", [2, 1], new float[2])),
            ("y", NumPy.Array("<f4", [2, 10], new float[20]))
        );

        Assert.Contains("not one-hot", Error(path, Input("x", ElementType.Float, null, 1)));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void Labels_of_more_or_fewer_samples_tell_both_numbers(int labels)
    {
        string path = Npz(
            CompressionLevel.Fastest,
            ("x", NumPy.Array("<f4", [2, 1], new float[2])),
            ("y", NumPy.Array("<i8", [labels], new long[labels]))
        );

        string message = Error(path, Input("x", ElementType.Float, null, 1));

        Assert.Contains($"has {labels} class indices; the data have 2 samples. Expected one for each", message);
        Assert.DoesNotContain("one-hot", message);
    }

    [Fact]
    public void Fixed_batches_need_whole_inputs()
    {
        string path = _folder.Write("x.npy", NumPy.Array("<f4", [16, 3], new float[48]));

        Assert.Contains("expected [samples, 8, 3]", Error(path, Input("x", ElementType.Float, 8, 3)));
    }

    [SharedFolderFact]
    public void A_recurrent_model_tells_which_inputs_lack_data()
    {
        using InferenceModel model = InferenceModel.Load(SharedFolder.Model("silero-vad.onnx"));
        string path = Npz(CompressionLevel.Fastest, ("input", NumPy.Array("<f4", [1, 576], new float[576])));

        string message = Error(path, [.. model.Inputs]);

        Assert.Contains("input 'sr'", message);
    }

    private static TensorSignature Input(string name, ElementType type, params long?[] shape) =>
        new(name, type, [.. shape.Select(size => new Dimension(size))]);

    private string Npz(CompressionLevel level, params (string Name, byte[] Array)[] arrays) =>
        _folder.Write("data.npz", NumPy.Archive(level, arrays));

    private static string Error(string path, params TensorSignature[] inputs) =>
        Assert.Throws<QuantizationException>(() => OpenedData.Of(path, inputs).Dispose()).Message;
}
