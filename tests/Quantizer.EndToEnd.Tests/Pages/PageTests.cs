using Quantizer.Reporting;
using Quantizer.Reporting.Details;
using Quantizer.Testing;
using Xunit.Abstractions;

namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>The HTML report in a browser, as one reads it.</summary>
public sealed class PageTests(Browsing browsing, ITestOutputHelper output) : IClassFixture<Browsing>
{
    private static readonly Dictionary<string, QuantizationReport> Reports = new()
    {
        ["everything"] = SampleReports.Small,
        ["deep"] = SampleReports.Deep(40),
        ["boxes"] = SampleReports.Boxes,
        ["masks"] = SampleReports.Masks,
        ["lines"] = SampleReports.Lines,
        ["no details"] = ExampleReports.Classifier,
        ["no data"] = ExampleReports.Unjudged,
        ["no numbers"] = ExampleReports.Unpleasant,
    };

    public static TheoryData<string, int, bool> Views
    {
        get
        {
            TheoryData<string, int, bool> views = [];
            foreach (string report in Reports.Keys)
            {
                views.Add(report, 360, true);
                views.Add(report, 800, false);
                views.Add(report, 1440, false);
            }
            views.Add("everything", 1440, true);
            return views;
        }
    }

    [BrowserTheory]
    [MemberData(nameof(Views))]
    public async Task Every_view_is_whole_and_legible(string report, int width, bool isDark)
    {
        await using OpenedPage page = await browsing.Open(Reports[report], width, isDark);

        await page.MustBeWhole();
    }

    [BrowserFact]
    public async Task On_a_phone_the_worst_tensor_stands_below_the_plot_and_telling_columns_beside_the_names()
    {
        TensorError[] errors =
        [
            .. Enumerable.Range(0, 11).Select(i => new TensorError($"/a/rather/long/name/of/a/tensor_{i}", "n", i == 4 ? 25 : 40, 41, 42)),
        ];
        QuantizationReport report = SampleReports.Deep(40) with { Details = SampleReports.Deep(40).Details! with { Errors = errors } };

        await using OpenedPage page = await browsing.Open(report, width: 390);

        await page.MustBeWhole();
        Assert.Equal(
            "least: …ther/long/name/of/a/tensor_4: 25.0 dB",
            await page.Page.EvaluateFunctionAsync<string>("() => document.querySelector('.key .least').innerText")
        );
        // Of every table that goes on beyond the edge some of the second column is seen.
        Assert.Empty(
            await page.Find(
                """
                () => [...document.querySelectorAll(".scroll:has(table)")]
                  .filter((place) => place.scrollWidth > place.clientWidth)
                  .filter((place) => place.querySelector("tbody tr").cells[1].getBoundingClientRect().right > innerWidth)
                  .map((place) => place.querySelector("table").id)
                """
            )
        );
    }

    [BrowserFact]
    public async Task What_is_wrong_with_a_page_is_found()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Small);
        Task Spoil(string selector, string style) =>
            page.Page.EvaluateFunctionAsync(
                "(selector, style) => { document.querySelector(selector).style.cssText = style; }",
                selector,
                style
            );

        await Spoil("#findings p", "color: #999");
        await Spoil("#error > p", "width: 200vw; max-width: none");
        await Spoil("#outputs .scroll", "margin-top: -5rem");
        await page.Page.EvaluateFunctionAsync("() => document.querySelector('#options').replaceChildren()");

        Assert.NotEmpty(await page.Find(PageProbes.Faint));
        Assert.Contains("the page scrolls sideways", await page.Find(PageProbes.Overflowing));
        Assert.NotEmpty(await page.Find(PageProbes.Overlapping));
        Assert.Contains("options", await page.Find(PageProbes.Empty));
    }

    [BrowserFact]
    public async Task Without_its_script_everything_is_there_to_be_read()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40), hasScript: false);

        Assert.Equal(
            40,
            await page.Page.EvaluateFunctionAsync<int>(
                "() => [...document.querySelectorAll('#node-table tbody tr')].filter((row) => row.getClientRects().length > 0).length"
            )
        );
        Assert.Equal(0, await page.Count("input, button"));
    }

    [BrowserFact]
    public async Task A_table_is_sorted_by_the_button_in_its_heading()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40));
        const string measured = "#errors thead th:nth-child(2)";

        await page.Page.ClickAsync($"{measured} button");
        string[] ascending = await page.Find(MeasuredColumn);
        string state = await page.Page.EvaluateFunctionAsync<string>(
            $"() => document.querySelector('{measured}').getAttribute('aria-sort')"
        );
        await page.Page.ClickAsync($"{measured} button");
        string[] descending = await page.Find(MeasuredColumn);

        Assert.Equal("ascending", state);
        Assert.Equal(40, ascending.Length);
        Assert.Equal(ascending.OrderBy(Decibels), ascending);
        Assert.Equal(descending.OrderByDescending(Decibels), descending);
    }

    [BrowserFact]
    public async Task What_layers_cost_is_there_to_be_sorted_and_searched_and_the_graph_tells_it()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40));
        const string shown = """
            () => [...document.querySelectorAll("#cost-table tbody tr")]
              .filter((row) => row.getClientRects().length > 0)
              .map((row) => row.cells[1].textContent)
            """;
        const string bars = """
            () => [...document.querySelectorAll("#cost-split .bar rect, #cost-table .bar rect")]
              .filter((bar) => bar.getClientRects().length > 0 && bar.getBoundingClientRect().width > 0)
              .map((bar) => bar.getAttribute("width"))
            """;

        Assert.Equal(15 + 3, (await page.Find(bars)).Length);
        Assert.Equal(["36.0 dB", "36.3 dB", "36.5 dB"], (await page.Find(shown)).Take(3));

        await page.Page.ClickAsync("#cost-table thead th:nth-child(2) button");
        await page.Page.ClickAsync("#cost-table thead th:nth-child(2) button");
        Assert.Equal("42.0 dB", (await page.Find(shown))[0]);
        await page.Page.TypeAsync("#cost input[type=search]", "layer0/ block.0/");
        Assert.Equal(["36.0 dB"], await page.Find(shown));

        await page.Page.EvaluateFunctionAsync("() => document.querySelector('#node-table tbody tr:nth-child(1) button').click()");
        Assert.Contains(
            "with it alone in integers the outputs keep 36.0 dB",
            await page.Page.EvaluateFunctionAsync<string>("() => document.querySelector('#network .graph').textContent")
        );
    }

    [BrowserFact]
    public async Task A_table_is_searched_in_all_of_its_rows_and_shows_them_all_when_asked()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(300));

        Assert.Equal(15, (await page.Find(ShownNodes)).Length);

        await page.Page.TypeAsync(NodeSearch, "layer24/ add");
        string[] found = await page.Find(ShownNodes);
        Assert.Equal(4, found.Length);
        Assert.All(found, name => Assert.Contains("layer24/", name));

        await page.Page.EvaluateFunctionAsync("() => [...document.querySelectorAll('#network .more button')].at(-1).click()");
        await page.Page.EvaluateFunctionAsync(
            """
            (selector) => {
              const box = document.querySelector(selector);
              box.value = "";
              box.dispatchEvent(new Event("input"));
            }
            """,
            NodeSearch
        );
        Assert.Equal(300, (await page.Find(ShownNodes)).Length);
    }

    [BrowserFact]
    public async Task Histograms_are_filtered_by_name_and_begin_with_the_worst()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40));

        Assert.Equal(12, await page.Count("#histograms .mini"));
        Assert.Equal(0, await page.Count("#histograms .mini svg"));

        await page.Page.TypeAsync("#histograms .gallery input", "layer2/ conv");
        await page.Page.EvaluateFunctionAsync("() => document.querySelector('#histograms').scrollIntoView({ behavior: 'instant' })");
        await page.Page.WaitForSelectorAsync("#histograms .mini svg .chosen");

        Assert.Equal(8, await page.Count("#histograms .mini"));
    }

    [BrowserFact]
    public async Task The_graph_shows_two_steps_around_the_node_that_was_chosen_in_the_table()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40));

        await page.Page.EvaluateFunctionAsync("() => document.querySelector('#node-table tbody tr:nth-child(4) button').click()");
        string[] first = await page.Find(GraphNames);
        await page.Page.FocusAsync("#network .graph g[role]:nth-of-type(2)");
        await page.Page.Keyboard.PressAsync("Enter");
        string[] second = await page.Find(GraphNames);

        // The fourth node of a chain, whose shortcut leads around it.
        string[] blocks = ["block.1/Conv", "block.2/Add", "block.3/Conv", "block.4/Conv", "block.5/Add"];
        Assert.Equal(blocks.Select(block => $"/backbone/layer0/{block}"), first.Order());
        Assert.NotEqual(first, second);
    }

    [BrowserFact]
    public async Task The_first_key_reaches_the_link_past_the_contents_and_arrows_go_along_the_plot()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Small);

        await page.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the report", await page.Page.EvaluateFunctionAsync<string>("() => document.activeElement.textContent"));

        await page.Page.FocusAsync("#error-plot");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        await page.Page.Keyboard.PressAsync("ArrowRight");
        Assert.Contains(
            "sum of /layer1/Add: 35.1 dB, predicted 40.0 dB",
            await page.Page.EvaluateFunctionAsync<string>("() => document.querySelector('.tip').textContent")
        );
    }

    [BrowserFact]
    public async Task The_theme_can_be_changed()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Small);
        const string paper = "() => getComputedStyle(document.body).backgroundColor";

        string light = await page.Page.EvaluateFunctionAsync<string>(paper);
        await page.Page.ClickAsync(".theme");

        Assert.NotEqual(light, await page.Page.EvaluateFunctionAsync<string>(paper));
        Assert.Empty(await page.Find(PageProbes.Faint));
    }

    [BrowserFact]
    public async Task On_paper_nothing_is_folded_away_and_there_are_no_controls()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40), width: 800);
        await page.Page.EmulateMediaTypeAsync(PuppeteerSharp.Media.MediaType.Print);

        Assert.Equal(40, (await page.Find(ShownNodes)).Length);
        Assert.Empty(
            await page.Find(
                """
                () => [...document.querySelectorAll("nav, .tools, .button")]
                  .filter((e) => e.getClientRects().length > 0)
                  .map((e) => e.className)
                """
            )
        );
    }

    [BrowserFact]
    public async Task A_network_of_1000_layers_is_no_more_than_a_browser_takes_at_once()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(1000));

        // Times depend on the machine; they are told, and what they depend on is held.
        output.WriteLine(
            await page.Page.EvaluateFunctionAsync<string>(
                """
                () => [...performance.getEntriesByType("navigation").map((e) => `DOMContentLoaded ${e.domContentLoadedEventEnd} ms`),
                  ...performance.getEntriesByType("paint").map((e) => `${e.name} ${e.startTime} ms`)].join(", ")
                """
            )
        );
        Assert.InRange(await page.Count("*"), 1, 45_000);
        Assert.InRange(
            await page.Page.EvaluateFunctionAsync<int>(
                "() => [...document.querySelectorAll('tr')].filter((row) => row.getClientRects().length > 0).length"
            ),
            1,
            200
        );
        Assert.Equal(0, await page.Count(".mini svg"));
    }

    private const string MeasuredColumn = "() => [...document.querySelectorAll('#errors tbody tr')].map((row) => row.cells[1].textContent)";

    private const string NodeSearch = "#network .tools:has(+ .scroll #node-table) input";

    private const string ShownNodes = """
        () => [...document.querySelectorAll("#node-table tbody tr")]
          .filter((row) => row.getClientRects().length > 0)
          .map((row) => row.cells[0].textContent)
        """;

    private const string GraphNames =
        "() => [...document.querySelectorAll('.graph g[role] title')].map((title) => title.textContent.split('\\n')[0])";

    private static double Decibels(string text) => double.Parse(text.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
