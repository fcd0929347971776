namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// What networks of a kind are usually fed. It puts candidates in order where nothing tells them apart; it is no evidence for any
/// of them.
/// </summary>
internal static class CustomaryPreparations
{
    /// <summary>The classes of ImageNet's challenge; TensorFlow's networks add one for the background.</summary>
    private static readonly int[] ImageNetClasses = [1000, 1001];

    private static readonly string[] PyTorchClassifier = ["imagenet", "minus-one-one", "zero-one", "caffe", "raw"];
    private static readonly string[] TensorFlowClassifier = ["minus-one-one", "caffe", "raw", "zero-one", "imagenet"];

    /// <summary>Small pictures; training on CIFAR-10 uses its own mean and deviation, which differ little from ImageNet's.</summary>
    private static readonly string[] SmallClassifier = ["cifar10", "imagenet", "zero-one", "minus-one-one", "raw", "caffe"];

    private static readonly string[] Detector = ["zero-one", "imagenet", "minus-one-one", "raw", "caffe"];
    private static readonly string[] Gray = ["zero-one", "mnist", "minus-one-one", "raw"];

    /// <summary>Side of the pictures of CIFAR and its kin, with room for enlarged ones.</summary>
    private const int SmallSide = 64;

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

    /// <summary>The candidates, most usual first, of those that are as good as the same only the first. Equals keep their order.</summary>
    /// <param name="classes">That the network tells apart; 0 for another kind of network.</param>
    public static IReadOnlyList<PreparationCandidate> InOrder(IEnumerable<PreparationCandidate> candidates, PictureInput input, int classes)
    {
        string[] order = Order(input, classes);
        List<PreparationCandidate> kept = [];
        foreach (PreparationCandidate candidate in candidates.OrderBy(candidate => Rank(order, candidate.Preset)))
        {
            if (!kept.Exists(other => Verdict.AreAlike(other, candidate)))
                kept.Add(candidate);
        }

        return kept;
    }

    /// <summary>Why a network might want it; "as given" for values that are no preset's.</summary>
    public static string ReasonFor(PreparationCandidate candidate) => Reasons.GetValueOrDefault(candidate.Preset, "the values as given");

    private static string[] Order(PictureInput input, int classes)
    {
        if (input.Channels == 1)
            return Gray;
        if (classes == 0)
            return Detector;
        if (input.Layout == TensorLayout.Nhwc)
            return TensorFlowClassifier;
        return !ImageNetClasses.Contains(classes) && input is { Width: <= SmallSide, Height: <= SmallSide } ? SmallClassifier : PyTorchClassifier;
    }

    private static int Rank(string[] order, string preset) => Array.IndexOf(order, preset) is >= 0 and int rank ? rank : order.Length;
}
