namespace Quantizer.Comparison.Tasks.Heads;

/// <summary>What the four numbers of a box are.</summary>
internal enum BoxCoding
{
    /// <summary>Left, top, right, bottom.</summary>
    Corners,

    /// <summary>Centre, width, height.</summary>
    Centre,

    /// <summary>Offsets from anchors that the file does not hold.</summary>
    Offsets,
}
