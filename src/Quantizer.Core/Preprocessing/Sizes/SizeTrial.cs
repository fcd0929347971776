using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Sizes;

/// <summary>One size on trial: what the model answers to pictures of it.</summary>
internal sealed class SizeTrial
{
    /// <summary>What comes to the normalizations is summed up after so many pictures, so that memory does not grow with them.</summary>
    private const int Block = 16;

    private readonly SizeProbe _probe;
    private readonly PictureTransform _transform;
    private readonly SampleReader<LoadedPicture> _reader;
    private readonly ChannelMoments[] _moments;
    private readonly List<double[]> _probabilities = [];
    private readonly List<double> _hits = [];

    /// <param name="preparation">Of the pictures, but for their size.</param>
    public SizeTrial(SizeCandidate candidate, PicturePreparation preparation, PictureSet pictures, SizeProbe probe)
    {
        Candidate = candidate;
        _probe = probe;
        PicturePreparation sized = preparation with { Geometry = candidate.Geometry(preparation.Geometry) };
        _transform = new PictureTransform(sized, candidate.Input.Type);
        _reader = new SampleReader<LoadedPicture>(pictures.Count, index => pictures.Load(index, sized.Geometry));
        _moments = [.. probe.Normalizations.Select(each => new ChannelMoments(each.Mean.Count))];
    }

    public SizeCandidate Candidate { get; }

    /// <summary>Whether the model took every picture at this size, and answered with classes.</summary>
    public bool Runs { get; private set; } = true;

    /// <summary>Pictures tried that can be read.</summary>
    public int Pictures => _probabilities.Count;

    /// <summary>By the pictures' order: 1 for each that is classified rightly, 0 for each other one, not a number where that is not
    /// known.</summary>
    public IReadOnlyList<double> Hits => _hits;

    /// <summary>The labels of the pictures that have one.</summary>
    public List<int> Labels { get; } = [];

    public int Classes => _probabilities[0].Length;

    /// <summary>The share of labelled pictures that is classified rightly.</summary>
    public double Accuracy => _hits.Where(hit => !double.IsNaN(hit)).DefaultIfEmpty(0).Average();

    /// <summary>The mutual information of picture and answer as a share of its maximum.</summary>
    public double Information => ClassProbabilities.Information(_probabilities).Average();

    /// <summary>How far what comes to the BatchNormalizations lies from what they saw in training, in nats: the mean over those looked at
    /// of the median over the channels. That of the first alone hardly depends on the size.</summary>
    public double Distance =>
        _moments
            .Zip(
                _probe.Normalizations,
                (moments, normalization) => NormalDistance.Over(moments, normalization.Mean, normalization.Variance)
            )
            .Average(distance => distance.Median);

    /// <summary>Asks about the pictures of the set up to a number of them, beyond those that were asked about before.</summary>
    public void Ask(int count, SampleWorkers workers)
    {
        for (int start = _hits.Count; start < Math.Min(count, _reader.Count) && Runs; start = _hits.Count)
        {
            int block = Math.Min(Block, Math.Min(count, _reader.Count) - start);
            foreach ((LoadedPicture? picture, SizeAnswer? answer) in workers.Map(block, index => AskOne(start + index)))
                Take(picture, answer);
        }
    }

    private (LoadedPicture? Picture, SizeAnswer? Answer) AskOne(int index)
    {
        LoadedPicture? picture = _reader.Load(index);
        return (picture, picture is null ? null : _probe.Ask(_transform.Apply(picture.Pixels)));
    }

    private void Take(LoadedPicture? picture, SizeAnswer? answer)
    {
        if (picture is not null && answer is null)
            Runs = false;
        _hits.Add(
            picture?.Label is { } label && answer is not null
                ? Array.IndexOf(answer.Probabilities, answer.Probabilities.Max()) == label
                    ? 1
                    : 0
                : double.NaN
        );
        if (picture?.Label is { } known)
            Labels.Add(known);
        if (answer is null)
            return;
        _probabilities.Add(answer.Probabilities);
        for (int i = 0; i < _moments.Length; i++)
            _moments[i].Add(answer.Moments[i]);
    }
}
