using Quantizer.Calibration.Statistics;
using Quantizer.Core.Tests.Kernels;

namespace Quantizer.Core.Tests.Calibration.Statistics;

public class TensorStatisticsFormatTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        foreach (
            float[] values in (float[][])
                [
                    [],
                    [0f],
                    [float.NaN],
                    [-2f],
                    AwkwardFloats.Finite(5000, seed: 2),
                ]
        )
        {
            TensorStatistics statistics = TensorStatisticsTests.Of(values);
            Assert.Equal(statistics, Read(TensorStatisticsTests.Bytes(statistics)));
        }
    }

    [Fact]
    public void The_bytes_of_two_values_are_these() =>
        // count 3, zeros 1, non-finite 0; -2 once, 1 once; two bins: 1 at 8128 = 127 * 64, -2 at 24576 = 16384 + 128 * 64.
        Assert.Equal(
            "030100" + "000000C001" + "0000803F01" + "02" + "C03F01" + "BF800101",
            Convert.ToHexString(TensorStatisticsTests.Bytes(TensorStatisticsTests.Of(1f, 0f, -2f)))
        );

    [Fact]
    public void Every_truncation_is_reported()
    {
        byte[] bytes = TensorStatisticsTests.Bytes(TensorStatisticsTests.Of(1f, 0f, -2f));
        for (int length = 0; length < bytes.Length; length++)
        {
            QuantizationException exception = Assert.Throws<QuantizationException>(() => Read(bytes[..length]));
            Assert.Contains("damaged", exception.Message);
        }
    }

    [Theory]
    [InlineData("0302" + "02", "more zeros")]
    [InlineData("030100" + "0000C07F01" + "0000803F01" + "00", "a minimum and a maximum")] // minimum NaN
    [InlineData("030100" + "0000804001" + "0000803F01" + "00", "a minimum and a maximum")] // 4 to 1
    [InlineData("030100" + "000000C001" + "0000803F01" + "01" + "FFFFFFFF0701", "does not exist")]
    [InlineData("030100" + "000000C001" + "0000803F01" + "01" + "C07F01", "does not exist")] // infinity's bin
    [InlineData("030100" + "000000C001" + "0000803F01" + "01" + "C03F00", "an empty histogram bin")]
    public void Impossible_contents_are_reported(string hex, string found) =>
        Assert.Contains(found, Assert.Throws<QuantizationException>(() => Read(Convert.FromHexString(hex))).Message);

    private static TensorStatistics Read(byte[] bytes)
    {
        using BinaryReader reader = new(new MemoryStream(bytes));
        return TensorStatistics.Read(reader);
    }
}
