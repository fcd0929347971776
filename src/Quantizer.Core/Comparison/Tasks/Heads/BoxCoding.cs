namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>What the four numbers of a box are.</summary>
internal enum BoxCoding
{
    /// <summary>Left, top, right, bottom.</summary>
    Corners,

    /// <summary>Centre, width, height.</summary>
    Centre,

    /// <summary>Offsets from anchors that the file does not hold, by the customary variances of SSD.</summary>
    Offsets,

    /// <summary>The centre's offset from an anchor that the file does not hold, width, height.</summary>
    AnchoredSizes,

    /// <summary>The centre's offset from such an anchor, and the logarithms of width and height.</summary>
    AnchoredLogarithms,

    /// <summary>The distances of left, top, right and bottom from such an anchor.</summary>
    AnchoredDistances,

    /// <summary>Logarithms of the probabilities of such distances, as many steps for each: their mean is meant (distribution focal
    /// loss).</summary>
    AnchoredDistributions,

    /// <summary>YOLOv5's, behind their sigmoids: the centre's offset, and the roots of sizes, in halves of a cell and of an
    /// anchor.</summary>
    AnchoredShares,

    /// <summary>The same in front of their sigmoids. YOLOv3's logarithms of sizes are much the same near those of the anchor.</summary>
    AnchoredLogits,
}
