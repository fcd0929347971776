namespace Quantizer.Reporting.Page.Sections;

/// <summary>Every part of the page, in the order in which it is read. A new part is a new row.</summary>
internal static class PageSections
{
    public static IReadOnlyList<PageSection> All { get; } =
    [
        new FindingsSection(),
        new FloatSection(),
        new ErrorSection(),
        new PredictionSection(),
        new ChangedSection(),
        new ConfusionSection(),
        new OutputsSection(),
        new LatencySection(),
        new WorkSection(),
        new HistogramSection(),
        new TensorsSection(),
        new WeightsSection(),
        new NetworkSection(),
        new FloorSection(),
        new CorrectionSection(),
        new DataSection(),
        new OptionsSection(),
        new TimingSection(),
        new ManifestSection(),
    ];
}
