using System.Globalization;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>The names of a table's columns: the first line's, or, where that is a sample already, made up.</summary>
internal sealed record CsvHeader(IReadOnlyList<string> Names, bool IsThere)
{
    /// <summary>So many numbers in even steps are no values by chance, but wavelengths or times of what is below them.</summary>
    private const int EvenSteps = 8;

    /// <summary>Steps that are rounded differ by less, as a share.</summary>
    private const double Rounding = 0.01;

    /// <summary>A first line of nothing but numbers is a sample, unless they are what columns are called:
    /// 1. Inputs of the model.
    /// 2. 0, 1, 2, ..., as pandas counts columns.
    /// 3. Many in even steps.</summary>
    public static CsvHeader Of(IReadOnlyList<string> line, DataRequest request)
    {
        string[] names = [.. line.Select(name => name.Trim())];
        double[] numbers =
        [
            .. names
                .Select(name =>
                    double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? (double?)number : null
                )
                .OfType<double>(),
        ];
        bool isSample =
            numbers.Length == names.Length
            && !AreInputs(names, request)
            && !numbers.Index().All(number => number.Item == number.Index)
            && !AreEven(numbers);
        return isSample
            ? new CsvHeader([.. Enumerable.Range(1, names.Length).Select(column => $"column {column}")], IsThere: false)
            : new CsvHeader(names, IsThere: true);
    }

    private static bool AreInputs(string[] names, DataRequest request) =>
        request.Order.Any(input => names.Contains(input) || names.Index().All(name => CsvColumns.NumberOf(name.Item, input) == name.Index));

    private static bool AreEven(double[] numbers)
    {
        if (numbers.Length < EvenSteps)
            return false;
        double step = (numbers[^1] - numbers[0]) / (numbers.Length - 1);
        return step > 0 && numbers.Zip(numbers.Skip(1), (one, next) => next - one).All(each => Math.Abs(each - step) <= step * Rounding);
    }
}
