namespace Quantizer.Samples;

/// <summary>Ends of samples that hold one value.</summary>
/// <param name="Samples">That end on the value.</param>
/// <param name="Positions">At their ends that hold nothing else, together.</param>
internal readonly record struct TailSurvey(int Samples, long Positions)
{
    public static TailSurvey operator +(TailSurvey one, TailSurvey other) =>
        new(one.Samples + other.Samples, one.Positions + other.Positions);
}
