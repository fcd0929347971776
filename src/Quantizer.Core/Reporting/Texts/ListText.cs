namespace Quantizer.Reporting.Texts;

/// <summary>Lists of names that are cut short: the rest is a number.</summary>
internal static class ListText
{
    /// <summary>'a', 'b' and 3 more</summary>
    public static string Quoted(IReadOnlyCollection<string> names, int most) => Of(names, most, name => $"'{name}'");

    /// <summary>a, b and 3 more</summary>
    /// <param name="written">A name, as the list gives it.</param>
    public static string Of(IReadOnlyCollection<string> names, int most, Func<string, string> written) =>
        string.Join(", ", names.Take(most).Select(written)) + (names.Count > most ? $" and {names.Count - most} more" : "");
}
