namespace Quantizer.Reporting.Page.Sections;

/// <summary>Every part of the page, in the order in which it is read. A new part is a new row.</summary>
internal static class SectionOrder
{
    public static IReadOnlyList<PageSection> All { get; } =
    [
        new FindingsSection(),
        new LimitsSection(),
        new ErrorSection(),
        new CostSection(),
        new ChangedSection(),
        new ConfusionSection(),
        new OutputsSection(),
        new LatencySection(),
        new WorkSection(),
        new FloatSection(),
        new NetworkSection(),
        new HistogramSection(),
        new WeightsSection(),
        new PredictionSection(),
        new TensorsSection(),
        new TriedSection(),
        new FloorSection(),
        new CorrectionSection(),
        new DataSection(),
        new OptionsSection(),
        new TimingSection(),
        new ManifestSection(),
    ];
}
