using Quantizer.Core.Tests.Comparison;
using Quantizer.Core.Tests.Execution;
using Quantizer.Samples;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Search;

public class JudgedSamplesTests
{
    [Fact]
    public void Neither_the_order_of_the_samples_nor_the_number_of_workers_shows()
    {
        // More than are kept, so that which of them are chosen would show.
        (float[]?, int?)[] rows = [.. Enumerable.Range(0, 200).Select(i => ((float[]?)SmallNetworks.Values(2, i), (int?)null))];

        IReadOnlyList<float[]> expected = Chosen(rows, workers: 1);

        Assert.Equal(128, expected.Count);
        Assert.Equal(expected, Chosen([.. rows.Reverse()], workers: 1));
        Assert.Equal(expected, Chosen([.. rows.OrderBy(row => row.Item1![0])], workers: 4));
        // The first 128 in the data's order are others.
        Assert.NotEqual(expected, Chosen(rows[..128], workers: 1));
    }

    [Fact]
    public void Samples_that_cannot_be_read_are_left_out() =>
        Assert.Equal(Chosen([([3f, -4f], null), ([0f, 5f], null)], workers: 1), Chosen([([3f, -4f], null), (null, null), ([0f, 5f], null)], workers: 2));

    private static IReadOnlyList<float[]> Chosen((float[]?, int?)[] rows, int workers)
    {
        IReadOnlyList<Sample> samples = JudgedSamples.Of(new LabelledSamples(rows), workers, CancellationToken.None);
        return [.. samples.Select(sample => sample.Inputs["x"].Floats.ToArray())];
    }
}
