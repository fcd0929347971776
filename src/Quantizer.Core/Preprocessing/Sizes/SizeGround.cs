namespace Quantizer.Preprocessing.Sizes;

/// <summary>What tells one size from another.</summary>
internal enum SizeGround
{
    /// <summary>Nothing: not enough pictures, or none of what follows.</summary>
    Nothing,

    /// <summary>How sure and how varied the answers are. It tells garbage from the rest, and no more: smaller sizes than the right one
    /// make networks surer.</summary>
    Information,

    /// <summary>What the BatchNormalizations remember from training.</summary>
    Normalizations,

    /// <summary>The share of pictures classified rightly.</summary>
    Accuracy,
}
