using Quantizer.Comparison;
using Quantizer.Comparison.Tasks;
using Quantizer.Pictures;
using Quantizer.Reporting.Details;
using Quantizer.Samples;

namespace Quantizer.Details;

/// <summary>Runs both models once more on the samples whose answers differ, and shows what they say.</summary>
/// <param name="pictureOf">From a sample's place to the picture as the models were given it; null where samples are no pictures.</param>
internal sealed class AnswerGallery(ModelPair pair, JudgedTask task, ClassNames names, Func<int, Sample, Pixels?> pictureOf)
{
    /// <summary>Long side of a thumbnail, pixels; where something is drawn on it twice as much.</summary>
    private const int Longest = 96,
        LongestDrawn = 192;

    /// <summary>Characters of all pictures together: a page with them shall open at once. Those that differ most come first.</summary>
    private const int MostCharacters = 1_000_000;

    /// <param name="load">From a sample's place in the data to the sample; null where it cannot be read any more.</param>
    public IReadOnlyList<ChangedSample> Of(DifferingSamples changed, Func<int, Sample?> load, SampleWorkers workers)
    {
        ChangedSample?[] shown = workers.Map(changed.Shown.Count, i => Show(changed.Shown[i], load));
        List<ChangedSample> fitting = [];
        int characters = 0;
        foreach (ChangedSample sample in shown.OfType<ChangedSample>())
        {
            characters += (sample.Thumbnail?.Length ?? 0) + (sample.Fp32Mask?.Length ?? 0) + (sample.Int8Mask?.Length ?? 0);
            fitting.Add(characters <= MostCharacters ? sample : sample with { Thumbnail = null, Fp32Mask = null, Int8Mask = null });
        }
        return fitting;
    }

    private ChangedSample? Show(SampleDifference difference, Func<int, Sample?> load)
    {
        if (load(difference.Index) is not { } sample)
            return null;
        ShownAnswer answer = task.Show(new JudgedSample(sample, pair.Judged(sample)), names);
        Pixels? picture = pictureOf(difference.Index, sample);
        bool isDrawn = answer.Boxes.Count > 0 || answer.Fp32Map is not null;
        return new ChangedSample(sample.Name, answer.Fp32, answer.Int8, answer.Truth, DifferingSamples.SqnrDbOf(difference))
        {
            Thumbnail = picture is null ? null : PictureEncoder.Thumbnail(picture, isDrawn ? LongestDrawn : Longest),
            Boxes = picture is null ? [] : DrawnBoxes.Of(answer.Boxes, picture.Width, picture.Height),
            Fp32Mask = answer.Fp32Map is { } fp32 ? ClassColours.Overlay(fp32, LongestDrawn) : null,
            Int8Mask = answer.Int8Map is { } int8 ? ClassColours.Overlay(int8, LongestDrawn) : null,
        };
    }
}
