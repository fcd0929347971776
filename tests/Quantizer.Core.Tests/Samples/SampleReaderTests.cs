using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public class SampleReaderTests
{
    private readonly List<int> _loaded = [];

    [Fact]
    public void Broken_samples_are_left_out_and_named_in_the_order_of_the_data()
    {
        SampleReader<string> reader = Reader(5, 3, 1);

        IEnumerable<string?> samples = new[] { 4, 3, 2, 1, 0 }.Select(reader.Load);

        Assert.Equal<string?>(["4", null, "2", null, "0"], samples);
        Assert.Equal([new SkippedSample("sample 1", "it is torn"), new SkippedSample("sample 3", "it is torn")], reader.Skipped);
    }

    [Fact]
    public void A_broken_sample_is_not_tried_twice()
    {
        SampleReader<string> reader = Reader(2, 1);

        Assert.Null(reader.Load(1));
        Assert.Null(reader.Load(1));

        Assert.Equal([1], _loaded);
    }

    [Fact]
    public void Whatever_else_fails_is_passed_on()
    {
        SampleReader<string> reader = new(1, _ => throw new QuantizationException("The archive is damaged."));

        Assert.Equal("The archive is damaged.", Assert.Throws<QuantizationException>(() => reader.Load(0)).Message);
        Assert.Empty(reader.Skipped);
    }

    [Fact]
    public void The_first_readable_sample_is_loaded_once_whether_asked_for_before_the_others_or_after_them()
    {
        SampleReader<string> before = Reader(4, 0);
        Assert.Equal("1", before.First());
        foreach (int index in Enumerable.Range(0, 4))
            before.Load(index);
        Assert.Equal([0, 1, 2, 3], _loaded);

        _loaded.Clear();
        SampleReader<string> after = Reader(4, 0);
        foreach (int index in Enumerable.Range(0, 4).Reverse())
            after.Load(index);
        Assert.Equal("1", after.First());
        Assert.Equal([3, 2, 1, 0], _loaded);
    }

    [Fact]
    public void Where_none_can_be_read_there_is_no_first() => Assert.Null(Reader(2, 0, 1).First());

    private SampleReader<string> Reader(int count, params int[] broken) =>
        new(
            count,
            index =>
            {
                _loaded.Add(index);
                return broken.Contains(index) ? throw new BrokenSampleException($"sample {index}", "it is torn") : $"{index}";
            }
        );
}
