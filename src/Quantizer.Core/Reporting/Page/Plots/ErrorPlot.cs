using Quantizer.Reporting.Details;
using Quantizer.Reporting.Texts;

namespace Quantizer.Reporting.Page.Plots;

/// <summary>Signal over error of every tensor, in the order of the network: a line of what was measured, dots of what each node adds, and
/// small dots of what was predicted. As wide as the page without its script, because only the curves are stretched.</summary>
internal static class ErrorPlot
{
    private const double Width = 1000;
    private const double Height = 280;

    /// <summary>Above, nothing can be told from rounding of FP32 itself; one tensor up there would flatten all others.</summary>
    private const double MostDecibels = 90;

    private const int NameLetters = 28;

    /// <summary>Labels closer than a line of text would cover each other.</summary>
    private const double LabelHeight = 16;

    public static void Write(PageText page, IReadOnlyList<TensorError> errors)
    {
        double[] told =
        [
            .. errors
                .SelectMany(error => new[] { error.SqnrDb, error.OwnSqnrDb, error.PredictedSqnrDb })
                .Select(value => value ?? double.NaN)
                .Where(double.IsFinite)
                .Select(value => Math.Min(value, MostDecibels)),
        ];
        if (told.Length == 0)
        {
            page.Add($"<p>Both models are identical on these samples.</p>\n");
            return;
        }
        PlotScale scale = PlotScale.Around(told.Min(), told.Max(), 5);
        // Tensors without any error have a line of their own above all others.
        double? identical = errors.Any(error => error.SqnrDb is null) ? scale.High + scale.Step : null;
        scale = scale with { High = identical ?? scale.High };
        double Y(double? decibels) =>
            Height * (1 - scale.ShareOf(decibels is { } value && double.IsFinite(value) ? Math.Min(value, MostDecibels) : scale.High));
        double X(int index) => errors.Count == 1 ? Width / 2 : Width * index / (errors.Count - 1);
        page.Add($"<figure class=\"plot\" id=\"error-plot\" data-plot=\"errors\" tabindex=\"0\" role=\"group\" ");
        page.Add($"aria-label=\"Error along the network\">\n");
        page.Add($"<svg class=\"frame\" height=\"{Height + 40}\" role=\"img\" aria-label=\"{Summary(errors)}\">\n");
        WriteAxis(page, scale, identical);
        page.Add(
            $"<svg class=\"curves\" width=\"100%\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" preserveAspectRatio=\"none\" overflow=\"visible\">\n"
        );
        WriteDots(page, "predicted", [.. errors.Select(error => error.PredictedSqnrDb)], X, Y);
        WriteDots(page, "own", [.. errors.Select(error => error.OwnSqnrDb)], X, Y);
        page.Add($"<path class=\"measured\" d=\"");
        for (int index = 0; index < errors.Count; index++)
            page.Add($"{(index == 0 ? "M" : "L")}{X(index)} {Y(errors[index].SqnrDb)}");
        page.Add($"\"/></svg>\n");
        WriteWorst(page, errors, index => X(index) / Width, Y);
        page.Add($"<text class=\"quiet end\" x=\"0\" y=\"{Height + 34}\">input</text>");
        page.Add($"<text class=\"quiet end\" x=\"100%\" y=\"{Height + 34}\" text-anchor=\"end\">output →</text></svg>\n");
        WriteKey(page, errors);
        page.Add($"</figure>\n");
    }

    private static void WriteAxis(PageText page, PlotScale scale, double? identical)
    {
        foreach (double tick in scale.Ticks)
        {
            double y = Height * (1 - scale.ShareOf(tick));
            string name = tick == identical ? "same" : $"{FigureText.Short(tick)}{(tick >= MostDecibels ? "+" : "")} dB";
            page.Add($"<line class=\"grid\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/>");
            page.Add($"<text class=\"tick\" x=\"-8\" y=\"{y + 4}\" text-anchor=\"end\">{name}</text>\n");
        }
    }

    private static void WriteDots(PageText page, string kind, double?[] values, Func<int, double> x, Func<double?, double> y)
    {
        page.Add($"<path class=\"{kind}\" d=\"");
        for (int index = 0; index < values.Length; index++)
        {
            // A line of no length has round ends that are not stretched.
            if (values[index] is { } value)
                page.Add($"M{x(index)} {y(value)}h0");
        }
        page.Add($"\"/>\n");
    }

    /// <summary>The tensor with the least signal over error is named where it is.</summary>
    private static void WriteWorst(PageText page, IReadOnlyList<TensorError> errors, Func<int, double> share, Func<double?, double> y)
    {
        if (Worst(errors) is not { } worst)
            return;
        double x = share(worst.Index),
            below = y(worst.Error.SqnrDb) + LabelHeight;
        string anchor =
            x < 0.3 ? "start"
            : x > 0.7 ? "end"
            : "middle";
        page.Add($"<circle class=\"worst\" cx=\"{x * 100}%\" cy=\"{y(worst.Error.SqnrDb)}\" r=\"4\"/>");
        page.Add($"<text class=\"label least-name\" x=\"{x * 100}%\" y=\"{below}\" text-anchor=\"{anchor}\">");
        page.Add($"{Named(worst.Error)}</text>\n");
    }

    private static string Named(TensorError error)
    {
        string name = error.Name.Length > NameLetters ? $"…{error.Name[^NameLetters..]}" : error.Name;
        return $"{name}: {FigureText.Decibels(error.SqnrDb)}";
    }

    private static void WriteKey(PageText page, IReadOnlyList<TensorError> errors)
    {
        page.Add($"<figcaption class=\"key\"><span class=\"measured\">measured, with all that comes from before</span>");
        if (errors.Any(error => error.OwnSqnrDb is not null))
            page.Add($"<span class=\"own\">own, added by its node</span>");
        if (errors.Any(error => error.PredictedSqnrDb is not null))
            page.Add($"<span class=\"predicted\">predicted from rounding and clipping</span>");
        if (Worst(errors) is { } worst)
            page.Add($"<span class=\"least\">least: {Named(worst.Error)}</span>");
        page.Add($"</figcaption>\n<p class=\"tip\" aria-live=\"polite\"></p>\n");
    }

    private static string Summary(IReadOnlyList<TensorError> errors)
    {
        string worst = Worst(errors) is { } found ? $"; least: {found.Error.Name}, {FigureText.Decibels(found.Error.SqnrDb)}" : "";
        return $"Signal over error of {FigureText.Count(errors.Count, "tensor")} from input to output{worst}";
    }

    private static (int Index, TensorError Error)? Worst(IReadOnlyList<TensorError> errors)
    {
        (int Index, TensorError Item)[] finite =
        [
            .. errors.Index().Where(error => error.Item.SqnrDb is { } value && double.IsFinite(value)),
        ];
        return finite.Length == 0 ? null : finite.MinBy(error => error.Item.SqnrDb);
    }
}
