namespace Quantizer.Cli.Layout;

/// <summary>On which side of its column a cell stands.</summary>
internal enum Align
{
    Left,
    Right,
}
