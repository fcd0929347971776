using System.Globalization;

namespace Quantizer.Schemes;

/// <summary>A closed interval of real values.</summary>
internal readonly record struct ValueRange(float Min, float Max)
{
    /// <summary>The smallest interval that holds this one and zero: zero must always be exactly representable.</summary>
    public ValueRange WithZero => new(MathF.Min(Min, 0f), MathF.Max(Max, 0f));

    public float AbsoluteMaximum => MathF.Max(MathF.Abs(Min), MathF.Abs(Max));

    public ValueRange Union(ValueRange other) => new(MathF.Min(Min, other.Min), MathF.Max(Max, other.Max));

    public ValueRange Intersection(ValueRange other) => new(MathF.Max(Min, other.Min), MathF.Min(Max, other.Max));

    /// <summary>A record's own text would print <see cref="WithZero"/> of <see cref="WithZero"/> without end.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"[{Min}, {Max}]");
}
