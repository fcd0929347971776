namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>Boxes from four numbers, whatever they are.</summary>
internal static class CodedBox
{
    // The customary variances of SSD.
    private const double CentreVariance = 0.1,
        SizeVariance = 0.2;

    /// <summary>Far enough apart that boxes of different anchors never meet.</summary>
    private const double Apart = 1e6;

    /// <summary>Whether boxes lie in the picture: seen from anchors that are not known, only boxes of one anchor can be compared.</summary>
    public static bool HasPlace(BoxCoding coding) => coding is BoxCoding.Corners or BoxCoding.Centre;

    /// <param name="box">Four numbers, or four distributions of as many; what follows four numbers is not looked at.</param>
    /// <param name="anchor">The number of the box's anchor.</param>
    public static Detection Of(BoxCoding coding, ReadOnlySpan<float> box, int anchor, double score, int label)
    {
        double at = anchor * Apart;
        return coding switch
        {
            BoxCoding.Corners => new Detection(box[0], box[1], box[2], box[3], score, label),
            BoxCoding.Centre => Detection.OfCentre(box[0], box[1], box[2], box[3], score, label),
            BoxCoding.AnchoredSizes => Detection.OfCentre(at + box[0], box[1], box[2], box[3], score, label),
            BoxCoding.AnchoredLogarithms => Detection.OfCentre(at + box[0], box[1], Math.Exp(box[2]), Math.Exp(box[3]), score, label),
            BoxCoding.AnchoredDistances => new Detection(at - box[0], -box[1], at + box[2], box[3], score, label),
            BoxCoding.AnchoredDistributions => new Detection(
                at - Mean(box, 0),
                -Mean(box, 1),
                at + Mean(box, 2),
                Mean(box, 3),
                score,
                label
            ),
            BoxCoding.AnchoredShares => OfShares(box[0], box[1], box[2], box[3]),
            BoxCoding.AnchoredLogits => OfShares(Share(box[0]), Share(box[1]), Share(box[2]), Share(box[3])),
            // Seen from an anchor of size 1, overlaps are what they are in the picture.
            _ => Detection.OfCentre(
                at + (CentreVariance * box[0]),
                CentreVariance * box[1],
                Math.Exp(SizeVariance * box[2]),
                Math.Exp(SizeVariance * box[3]),
                score,
                label
            ),
        };

        Detection OfShares(double x, double y, double width, double height) =>
            Detection.OfCentre(at + (2 * x), 2 * y, 4 * width * width, 4 * height * height, score, label);
    }

    private static double Share(float logit) => 1 / (1 + Math.Exp(-logit));

    /// <summary>The mean of one of four distributions, in steps.</summary>
    private static double Mean(ReadOnlySpan<float> box, int side)
    {
        ReadOnlySpan<float> logits = box.Slice(side * (box.Length / 4), box.Length / 4);
        double sum = 0,
            moment = 0;
        for (int step = 0; step < logits.Length; step++)
        {
            double weight = Math.Exp(logits[step]);
            sum += weight;
            moment += step * weight;
        }
        return moment / sum;
    }
}
