using System.Runtime.InteropServices;
using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Core.Tests.Execution;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Pipeline;
using Quantizer.Ranges.Selectors;
using Quantizer.Samples;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Pipeline.Data;

/// <summary>The same samples make the same file, whatever format they come in.</summary>
public sealed class EqualDataTests : IDisposable
{
    private const int Count = 6;
    private static readonly long[] Shape = [3, 16, 16];
    private static readonly float[][] Samples =
    [
        .. Enumerable.Range(0, Count).Select(index => SmallNetworks.Values(3 * 16 * 16, seed: 7 + index)),
    ];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_same_samples_in_every_format_give_the_same_bytes()
    {
        float[] all = [.. Samples.SelectMany(values => values)];
        byte[] expected = Quantize(_folder.Write("all.npz", DataFiles.Npz("x", Shape, Samples)));
        for (int i = 0; i < Count; i++)
        {
            _folder.Write($"npz/{i}.npz", DataFiles.Npz("x", Shape, Samples[i]));
            _folder.Write($"npy/{i}.npy", NumPy.Array("<f4", Shape, Samples[i]));
            _folder.Write($"pb/test_data_set_{i}/input_0.pb", DataFiles.TensorProto([1, .. Shape], Samples[i]));
        }
        _folder.Write("pb/test_data_set_0/output_0.pb", "no tensor"u8);

        Assert.Equal(expected, Quantize($"x={_folder.Write("x.npy", NumPy.Array("<f4", [Count, .. Shape], all))}"));
        Assert.Equal(expected, Quantize(_folder.File("npz")));
        Assert.Equal(expected, Quantize(_folder.File("npy")));
        Assert.Equal(expected, Quantize(_folder.File("pb")));
        Assert.Equal(expected, Quantize(_folder.Write("x.csv", DataFiles.Csv("x", Samples))));
        Assert.Equal(expected, Quantize(_folder.Write("x.jsonl", DataFiles.JsonLines("x", Shape, Samples))));
        Assert.Equal(expected, Quantize(_folder.Write("x.bin", MemoryMarshal.AsBytes<float>(all))));
        Assert.Equal(expected, Quantize(_folder.Write("fortran.npy", Fortran(all))));
        Assert.NotEqual(expected, Quantize(_folder.Write("one.npz", DataFiles.Npz("x", Shape, Samples[0]))));
    }

    private byte[] Quantize(string data)
    {
        string model = _folder.File("model.onnx"),
            output = _folder.File("int8.onnx");
        if (!File.Exists(model))
            OnnxFile.Write(ConvolutionalNetwork.Build("batch"), model);
        QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = model,
                CalibrationPaths = [data],
                OutputPath = output,
                Method = RangeMethod.MinMax,
                SlowIntegers = SlowIntegers.Kept,
                Inputs = new InputOptions { RawType = ElementType.Float, RawShape = Shape },
            }
        );
        return File.ReadAllBytes(output);
    }

    /// <summary>Column-major and big-endian.</summary>
    private static byte[] Fortran(float[] values)
    {
        byte[] data = new byte[values.Length * sizeof(float)];
        for (int n = 0, at = 0; n < Count; n++)
        {
            for (int c = 0; c < 3; c++)
            {
                for (int y = 0; y < 16; y++)
                {
                    for (int x = 0; x < 16; x++, at++)
                    {
                        byte[] value = BitConverter.GetBytes(values[at]);
                        Array.Reverse(value);
                        value.CopyTo(data, (n + Count * (c + 3 * (y + 16 * x))) * sizeof(float));
                    }
                }
            }
        }
        return NumPy.File($"{{'descr': '>f4', 'fortran_order': True, 'shape': ({Count}, 3, 16, 16), }}", data);
    }
}
