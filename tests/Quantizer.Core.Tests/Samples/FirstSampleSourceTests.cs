using Quantizer.Core.Tests.Calibration.Running;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Samples;

public class FirstSampleSourceTests
{
    [Fact]
    public void The_first_readable_sample_is_given_again_without_being_loaded_again()
    {
        FirstSampleSource samples = new(ArraySamples.Random(4, [1, 2], broken: [0]));

        Assert.Equal("sample-1", samples.First()!.Name);
        Assert.Same(samples.First(), samples.Load(1));
        Assert.Equal("sample-2", samples.Load(2).Name);
        Assert.Throws<BrokenSampleException>(() => samples.Load(0));
        Assert.Equal(4, samples.Count);
    }

    [Fact]
    public void The_first_readable_sample_asked_for_after_the_others_is_loaded_once()
    {
        ArraySamples samples = ArraySamples.Random(4, [1, 2], 0);
        FirstSampleSource source = new(samples);

        foreach (int index in (int[])[3, 1, 2])
            source.Load(index);
        Assert.Throws<BrokenSampleException>(() => source.Load(0));
        Assert.Equal("sample-1", source.First()!.Name);

        Assert.Single(samples.Loaded, 1);
    }

    [Fact]
    public void Data_of_broken_samples_only_have_no_first_one() =>
        Assert.Null(new FirstSampleSource(ArraySamples.Random(2, [1, 2], broken: [0, 1])).First());
}
