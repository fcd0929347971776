namespace Quantizer.Preprocessing.Discovery;

/// <summary>What networks of a kind are usually fed: it puts candidates in order, and decides among those that a test leaves in
/// question.</summary>
internal static class CustomaryPreparations
{
    /// <summary>With fewer pictures a test has not seen enough for its silence to mean something.</summary>
    private const int LeastPictures = 16;

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["imagenet"] = "0..1 less ImageNet's mean, by its deviation: most classifiers and backbones from PyTorch",
        ["cifar10"] = "0..1 less CIFAR-10's mean, by its deviation: small classifiers from PyTorch",
        ["mnist"] = "0..1 less MNIST's mean, by its deviation: digit readers from PyTorch",
        ["zero-one"] = "0..1: YOLO and most other detectors, small networks of all kinds",
        ["minus-one-one"] = "-1..1: Inception, MobileNet and other networks from TensorFlow, text readers, faces",
        ["raw-centered"] = "-1..1 as (x - 127) / 128: face detectors",
        ["raw"] = "0..255: networks that scale by themselves, some from Keras and the ONNX model zoo",
        ["caffe"] = "0..255 less the mean colour: networks from Caffe, ResNet and VGG from Keras",
    };

    /// <summary>The candidates, most usual first, of those that are as good as the same only the first, and others that the kind is usually
    /// fed: who knows that it was ImageNet's mean looks for that, not for CIFAR-10's. Equals keep their order.</summary>
    public static IReadOnlyList<PreparationCandidate> InOrder(IEnumerable<PreparationCandidate> candidates, NetworkKind kind)
    {
        List<PreparationCandidate> kept = [];
        foreach (PreparationCandidate candidate in candidates.OrderBy(candidate => Rank(kind, candidate.Preset)))
        {
            bool isUsual = kind.Presets.Contains(candidate.Preset);
            if (!kept.Exists(other => Verdict.AreAlike(other, candidate) && (!isUsual || other.Preset == candidate.Preset)))
                kept.Add(candidate);
        }

        return kept;
    }

    /// <summary>
    /// The most usual of all candidates, where a test that left the scale open does not speak against it: it is among those that the
    /// test does not rank; and either the kind of network is evidence, or the test ranks those of other scales behind it.
    /// </summary>
    /// <param name="candidates">All that were open.</param>
    /// <returns>In doubt of the scale; null when the two do not agree.</returns>
    public static Verdict? Decide(IEnumerable<PreparationCandidate> candidates, Verdict measured, NetworkKind kind)
    {
        PreparationCandidate usual = InOrder(candidates, kind)[0];
        if (
            measured.Pictures < LeastPictures
            || measured.Level.FirstOrDefault(candidate => Verdict.AreAlike(candidate, usual)) is not { } winner
            || (!kind.IsEvidence && measured.Level.Any(candidate => !Verdict.AreOfOneScale(candidate, winner)))
        )
        {
            return null;
        }

        (PreparationCandidate Candidate, double Score)[] others =
        [
            .. measured.Contenders.Where(contender => !Verdict.AreSame(contender.Candidate, winner)),
        ];
        return measured with
        {
            Winner = winner,
            Score = measured.Contenders.First(contender => contender.Candidate == winner).Score,
            RunnerUp = others.Length > 0 ? others[0].Candidate : null,
            RunnerUpScore = others.Length > 0 ? others[0].Score : null,
            Doubt = Verdict.Scale,
        };
    }

    /// <summary>Why a network might want it; "as given" for values that are no preset's.</summary>
    public static string ReasonFor(PreparationCandidate candidate) => Reasons.GetValueOrDefault(candidate.Preset, "the values as given");

    private static int Rank(NetworkKind kind, string preset)
    {
        for (int rank = 0; rank < kind.Presets.Count; rank++)
        {
            if (kind.Presets[rank] == preset)
                return rank;
        }

        return kind.Presets.Count;
    }
}
