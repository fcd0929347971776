namespace Quantizer.Preprocessing.Discovery;

/// <summary>What networks of a kind are usually fed.</summary>
/// <param name="Name">In the plural, for messages.</param>
/// <param name="Presets">Most usual first.</param>
/// <param name="IsEvidence">
/// So many of them are fed the first that it counts where a test leaves it in question; of other kinds the first counts only where a test
/// prefers it, too.
/// </param>
/// <param name="IsCropped">Pictures are usually fitted to the shorter side and cut, not stretched.</param>
internal sealed record NetworkKind(string Name, IReadOnlyList<string> Presets, bool IsEvidence = false, bool IsCropped = false)
{
    private static readonly string[] PyTorch = ["imagenet", "minus-one-one", "zero-one", "caffe", "raw"];

    /// <summary>Small pictures; training on CIFAR-10 uses its own mean and deviation, which differ little from ImageNet's.</summary>
    private static readonly string[] Small = ["cifar10", "imagenet", "zero-one", "minus-one-one", "raw", "caffe"];

    private static readonly string[] Detection = ["zero-one", "imagenet", "minus-one-one", "raw", "caffe"];
    private static readonly string[] DetectionLastChannels = ["minus-one-one", "zero-one", "raw", "imagenet", "caffe"];
    private static readonly string[] Embedding = ["minus-one-one", "imagenet", "zero-one", "raw", "caffe"];
    private static readonly string[] TensorFlow = ["minus-one-one", "caffe", "raw", "zero-one", "imagenet"];

    /// <summary>The classes of ImageNet's challenge; TensorFlow's networks add one for the background.</summary>
    private const int ImageNetClasses = 1000;

    /// <summary>Smaller ones are not fed the usual 224 of 256.</summary>
    private const int SmallestImageNetSide = 160;

    /// <summary>Side of the pictures of CIFAR and its kin, with room for enlarged ones.</summary>
    private const int SmallSide = 64;

    public static NetworkKind ImageNetClassifier { get; } =
        new("classifiers of ImageNet's 1,000 classes", PyTorch, IsEvidence: true, IsCropped: true);

    public static NetworkKind CifarClassifier { get; } = new("small classifiers of 10 or 100 classes", Small, IsEvidence: true);

    public static NetworkKind PixelDetector { get; } = new("detectors with boxes in pixels", Detection, IsEvidence: true);

    public static NetworkKind Segmenter { get; } = new("networks that classify each pixel", PyTorch);

    public static NetworkKind Reader { get; } = new("networks of one channel", ["zero-one", "mnist", "minus-one-one", "raw"]);

    public static NetworkKind ImageNetClassifierLastChannels { get; } =
        new("classifiers of ImageNet's classes with channels last", TensorFlow, IsCropped: true);

    public static NetworkKind ClassifierLastChannels { get; } = new("classifiers with channels last", TensorFlow);

    public static NetworkKind SmallClassifier { get; } = new("small classifiers", Small);

    public static NetworkKind Classifier { get; } = new("classifiers", PyTorch);

    public static NetworkKind Embedder { get; } = new("networks that give vectors to compare", Embedding);

    public static NetworkKind Other { get; } = new("networks that are no classifiers", Detection);

    public static NetworkKind OtherLastChannels { get; } =
        new("networks with channels last that are no classifiers", DetectionLastChannels);

    /// <summary>Whether its shapes tell no more than that it is no classifier.</summary>
    public bool IsUnknown => this == Other || this == OtherLastChannels;

    /// <summary>As far as its shapes tell.</summary>
    /// <param name="classes">That the network tells apart; 0 for another kind of network.</param>
    public static NetworkKind Of(PictureInput input, int classes)
    {
        bool isSmall = input is { Width: <= SmallSide, Height: <= SmallSide },
            isImageNet = classes is ImageNetClasses or ImageNetClasses + 1,
            isLarge = input is { Width: >= SmallestImageNetSide, Height: >= SmallestImageNetSide };
        if (input.Channels == 1)
            return Reader;
        if (classes == 0)
            return input.Layout == TensorLayout.Nhwc ? OtherLastChannels : Other;
        if (input.Layout == TensorLayout.Nhwc)
            return isImageNet && isLarge ? ImageNetClassifierLastChannels : ClassifierLastChannels;
        if (isImageNet)
            return classes == ImageNetClasses && isLarge ? ImageNetClassifier : Classifier;
        if (isSmall)
            return classes is 10 or 100 ? CifarClassifier : SmallClassifier;
        return Classifier;
    }
}
