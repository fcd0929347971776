using System.IO.Compression;
using System.Runtime.InteropServices;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Samples.Formats;
using Quantizer.Testing;
using static Quantizer.Core.Tests.Samples.OpenedData;

namespace Quantizer.Core.Tests.Samples.Formats;

/// <summary>Bare values, recordings, arrays, and tensors of ONNX.</summary>
public sealed class BinaryFormatsTests : IDisposable
{
    private static readonly TensorSignature Input = new("x", ElementType.Float, ["N", 2]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Values_without_a_header_need_type_and_shape_and_a_whole_number_of_samples()
    {
        string path = _folder.Write("x.bin", MemoryMarshal.AsBytes<short>([1, -2, 3, -4]));
        InputOptions options = new() { RawType = ElementType.Int16, RawShape = [2] };

        using RecordSamples samples = OpenedData.Of(path, options, Input);

        Assert.Equal(
            [
                [1f, -2f],
                [3f, -4f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
        Assert.Contains("--raw-shape", Assert.Throws<UsageException>(() => OpenedData.Of(path, Input)).Message);
        Assert.Contains(
            "has 8 bytes; a sample of [3] values of Int16 has 6",
            Assert.Throws<QuantizationException>(() => OpenedData.Of(path, options with { RawShape = [3] }, Input)).Message
        );
    }

    [Theory]
    [InlineData(1, 8, new byte[] { 128, 255, 0, 192 })]
    [InlineData(1, 16, new byte[] { 0, 0, 0, 127, 0, 128, 0, 64 })]
    [InlineData(1, 24, new byte[] { 0, 0, 0, 0, 0, 127, 0, 0, 128, 0, 0, 64 })]
    [InlineData(1, 32, new byte[] { 0, 0, 0, 0, 0, 0, 0, 127, 0, 0, 0, 128, 0, 0, 0, 64 })]
    [InlineData(3, 32, new byte[] { 0, 0, 0, 0, 0, 0, 0x7E, 0x3F, 0, 0, 0x80, 0xBF, 0, 0, 0, 0x3F })]
    public void Recordings_of_every_width_become_numbers_from_minus_one_to_one(int tag, int bits, byte[] data)
    {
        string path = _folder.Write("x.wav", DataFiles.Wav(tag, bits, 1, 16000, data));

        using RecordSamples samples = OpenedData.Of(path, Input);

        Assert.Equal(
            [
                [0f, 127 / 128f],
                [-1f, 0.5f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
        Assert.Equal("x.wav sample 1", Ordered(samples)[1].Name);
    }

    [Fact]
    public void Samples_of_a_recording_may_overlap_and_its_channels_are_averaged()
    {
        TensorSignature open = new("x", ElementType.Float, ["N", "length"]);
        TensorSignature rate = new("sr", ElementType.Int64, []);
        string path = _folder.Write(
            "x.wav",
            DataFiles.Wav(1, 16, 2, 8000, MemoryMarshal.AsBytes<short>([0, 16384, 8192, 8192, 0, 0, 16384, 0, 3, 3, 5, 5]))
        );
        InputOptions options = new()
        {
            Frame = 3,
            Hop = 1,
            Constants = new Dictionary<string, IReadOnlyList<double>> { ["sr"] = [16000] },
        };

        using RecordSamples samples = OpenedData.Of(path, options, open, rate);

        Assert.Equal(4, samples.Count);
        Assert.Equal([0.25f, 0, 0.25f], Ordered(samples)[1].Inputs["x"].Floats.ToArray());
        Assert.Equal(
            [
                "Recordings of 2 channels are mixed down to one.",
                "'sr' is 16000, but recordings have 8000 values a second; they are not resampled.",
            ],
            samples.Notes
        );
        Assert.Contains(
            "Give --frame",
            Assert.Throws<UsageException>(() => OpenedData.Of(path, options with { Frame = null }, open, rate)).Message
        );
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_its_numbers_and_each_file_begins_a_sequence()
    {
        _folder.Write("d/part10.npy", NumPy.Array("<f4", [1, 2], 5f, 6));
        _folder.Write("d/part2.npy", NumPy.Array("<f4", [2, 2], 1f, 2, 3, 4));
        _folder.Write("d/part11.npy", NumPy.Array("<f4", [2], 7f, 8));
        _folder.Write("d/part3.npy", "no array"u8);
        _folder.Write("d/notes.txt", "read me"u8);

        using RecordSamples samples = OpenedData.Of(_folder.File("d"), Input);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Sample[] ordered =
        [
            .. Enumerable.Range(0, samples.Count).Select(reader.Load).OfType<Sample>().OrderBy(sample => sample.Inputs["x"].Floats[0]),
        ];

        Assert.Equal(["part2.npy row 0", "part2.npy row 1", "part10.npy", "part11.npy"], ordered.Select(sample => sample.Name));
        Assert.Equal("part3.npy", Assert.Single(samples.Skipped).Name);
        Assert.Equal(
            ["part2.npy row 0", "part3.npy", "part10.npy", "part11.npy"],
            Enumerable.Range(0, samples.Count).Where(samples.IsBeginning).Select(samples.NameOf).Order(NaturalOrder.Comparer)
        );
    }

    [Fact]
    public void Tensors_of_ONNX_test_data_feed_the_inputs_of_their_numbers()
    {
        TensorSignature second = new("s", ElementType.Float, [3]);
        _folder.Write("d/test_data_set_1/input_0.pb", DataFiles.TensorProto([1, 2], [3, 4]));
        _folder.Write("d/test_data_set_1/input_1.pb", DataFiles.TensorProto([3], [7, 8, 9]));
        _folder.Write("d/test_data_set_0/input_0.pb", DataFiles.TensorProto([1, 2], [1, 2]));
        _folder.Write("d/test_data_set_0/input_1.pb", DataFiles.TensorProto([3], [4, 5, 6]));

        using RecordSamples samples = OpenedData.Of(_folder.File("d"), Input, second);
        Sample last = Ordered(samples)[1];

        Assert.Equal("test_data_set_1", last.Name);
        Assert.Equal([3f, 4], last.Inputs["x"].Floats.ToArray());
        Assert.Equal([7f, 8, 9], last.Inputs["s"].Floats.ToArray());
    }

    /// <summary>The numbers are those of the model's inputs, whatever else feeds some of them.</summary>
    [Fact]
    public void Tensors_of_ONNX_test_data_keep_their_numbers_where_an_input_is_constant()
    {
        TensorSignature constant = new("c", ElementType.Float, [3]);
        _folder.Write("d/test_data_set_0/input_0.pb", DataFiles.TensorProto([3], [7, 8, 9]));
        _folder.Write("d/test_data_set_0/input_1.pb", DataFiles.TensorProto([1, 2], [1, 2]));
        InputOptions options = new() { Constants = new Dictionary<string, IReadOnlyList<double>> { ["c"] = [5] } };

        using RecordSamples samples = OpenedData.Of(_folder.File("d"), options, constant, Input);
        Sample only = Assert.Single(Ordered(samples));

        Assert.Equal([1f, 2], only.Inputs["x"].Floats.ToArray());
        Assert.Equal([5f, 5, 5], only.Inputs["c"].Floats.ToArray());
    }

    [Theory]
    [InlineData("2")]
    [InlineData("99999999999")]
    public void Tensors_of_ONNX_test_data_for_an_input_that_there_is_not_are_refused(string number)
    {
        _folder.Write($"d/test_data_set_0/input_{number}.pb", DataFiles.TensorProto([1, 2], [1, 2]));

        string refusal = Assert.Throws<QuantizationException>(() => OpenedData.Of(_folder.File("d"), Input)).Message;

        Assert.Contains($"is for input {number}; the model has 1, from 0 on.", refusal);
    }

    [Fact]
    public void Rows_beyond_what_memory_is_for_lie_in_a_file_that_nobody_sees()
    {
        const int RowLength = 1 << 20,
            Rows = 80;
        float[] values = [.. Enumerable.Range(0, RowLength / 4 * Rows).Select(i => (float)(i / (RowLength / 4)))];
        string path = _folder.Write(
            "x.npz",
            NumPy.Archive(CompressionLevel.Fastest, ("x", NumPy.Array("<f4", [Rows, RowLength / 4], values)))
        );

        using RecordSamples samples = OpenedData.Of(path, new TensorSignature("x", ElementType.Float, ["N", RowLength / 4]));

        for (int i = 0; i < Rows; i++)
        {
            Sample sample = samples.Load(i);
            Assert.Equal($"row {sample.Inputs["x"].Floats[RowLength / 4 - 1]}", sample.Name);
        }
    }
}
