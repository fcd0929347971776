using Quantizer.Reporting;
using Quantizer.Reporting.Inspections;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>The page of an inspection in a browser.</summary>
public sealed class InspectionPageTests(Browsing browsing) : IClassFixture<Browsing>
{
    private static readonly Dictionary<string, ModelInspection> Inspections = new()
    {
        ["measured"] = ExampleInspections.Classifier,
        ["open"] = ExampleInspections.Open,
        ["quantized"] = ExampleInspections.Quantized,
        ["long"] = Long,
    };

    public static TheoryData<string, int, bool> Views
    {
        get
        {
            TheoryData<string, int, bool> views = [];
            foreach (string name in Inspections.Keys)
            {
                views.Add(name, 360, true);
                views.Add(name, 1440, false);
            }
            return views;
        }
    }

    private static ModelInspection Long =>
        ExampleInspections.Classifier with
        {
            Nodes = [.. Enumerable.Range(0, 40).Select(i => new NodeReport($"/layer{i}/Conv", "Conv", NodeDecision.Int8, "", null))],
            Costs = [.. Enumerable.Range(0, 40).Select(i => new NodeCost($"/layer{i}/Conv", 1000 * ((i * 7) % 40), 4096, 1104))],
        };

    [BrowserTheory]
    [MemberData(nameof(Views))]
    public async Task Every_view_is_whole_and_legible(string name, int width, bool isDark)
    {
        await using OpenedPage page = await browsing.Open(Inspections[name], width, isDark);

        await page.MustBeWhole();
    }

    [BrowserFact]
    public async Task Nodes_are_sorted_by_their_work_and_searched_by_name()
    {
        const string shown = """
            () => [...document.querySelectorAll("#inspected-nodes tbody tr")]
              .filter((row) => row.getClientRects().length > 0)
              .map((row) => row.cells[4].textContent)
            """;
        await using OpenedPage page = await browsing.Open(Long);

        await page.Page.ClickAsync("#inspected-nodes thead th:nth-child(5) button");
        string[] sorted = await page.Find(shown);
        await page.Page.TypeAsync("#nodes input[type=search]", "layer39/");
        string[] found = await page.Find(shown);

        Assert.Equal(["0", "1,000", "2,000"], sorted.Take(3));
        Assert.Equal([FigureText.Count(1000 * (39 * 7 % 40))], found);
    }
}
