using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>Looking closer at a large network: a stretch of the plot of errors, and the whole graph coloured.</summary>
public sealed class LookingCloserTests(Browsing browsing) : IClassFixture<Browsing>
{
    private const string Shown = "() => document.querySelector('#error .tools span').textContent";
    private const string Area = "() => document.querySelector('#error .curves').getAttribute('viewBox')";
    private const string Tip = "() => document.querySelector('#error .tip').textContent";
    private const string Ends = "() => [...document.querySelectorAll('#error .end')].map((end) => end.textContent)";

    [BrowserFact]
    public async Task A_stretch_of_the_plot_is_enlarged_by_dragging_over_it()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(41));
        await page.Page.EvaluateFunctionAsync(
            "() => document.querySelector('#error-plot').scrollIntoView({ block: 'center', behavior: 'instant' })"
        );
        double[] frame = await page.Page.EvaluateFunctionAsync<double[]>(
            """
            () => {
              const area = document.querySelector("#error-plot .frame").getBoundingClientRect();
              return [area.left, area.width, area.top + area.height / 2];
            }
            """
        );
        string whole = await page.Page.EvaluateFunctionAsync<string>(Area);

        await page.Page.Mouse.MoveAsync((decimal)(frame[0] + (0.25 * frame[1])), (decimal)frame[2]);
        await page.Page.Mouse.DownAsync();
        await page.Page.Mouse.MoveAsync((decimal)(frame[0] + (0.5 * frame[1])), (decimal)frame[2]);
        await page.Page.Mouse.UpAsync();

        Assert.Equal("tensors 11 to 21 of 41", await page.Page.EvaluateFunctionAsync<string>(Shown));
        Assert.Equal("250 0 250 280", await page.Page.EvaluateFunctionAsync<string>(Area));
        string[] ends = await page.Find(Ends);
        Assert.DoesNotContain("input", ends);
        Assert.DoesNotContain("output →", ends);
        // What is beyond the stretch is cut off.
        Assert.True(await page.Page.EvaluateFunctionAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"));

        await page.Page.ClickAsync("#error .tools button:nth-of-type(3)");
        Assert.Equal("", await page.Page.EvaluateFunctionAsync<string>(Shown));
        Assert.Equal(whole, await page.Page.EvaluateFunctionAsync<string>(Area));
        Assert.Equal(["input", "output →"], await page.Find(Ends));
    }

    [BrowserFact]
    public async Task With_keys_the_plot_is_enlarged_around_the_chosen_tensor_and_follows_it()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(41));
        await page.Page.FocusAsync("#error-plot");

        await page.Page.Keyboard.PressAsync("Home");
        await page.Page.Keyboard.PressAsync("+");
        string first = await page.Page.EvaluateFunctionAsync<string>(Shown);
        await page.Page.Keyboard.PressAsync("End");
        string last = await page.Page.EvaluateFunctionAsync<string>(Shown);
        string told = await page.Page.EvaluateFunctionAsync<string>(Tip);
        await page.Page.Keyboard.PressAsync("Escape");

        Assert.Equal("tensors 1 to 21 of 41", first);
        Assert.Equal("tensors 21 to 41 of 41", last);
        Assert.Contains(SampleReports.Deep(41).Details!.Errors[^1].Name, told);
        Assert.Equal("", await page.Page.EvaluateFunctionAsync<string>(Shown));
    }

    [BrowserFact]
    public async Task A_plot_of_few_tensors_has_nothing_to_enlarge()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Small);

        Assert.Equal(1, await page.Count("#error-plot"));
        Assert.Equal(0, await page.Count("#error .tools"));
    }

    [BrowserFact]
    public async Task The_whole_network_is_drawn_and_the_node_with_the_most_error_has_the_most_colour()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40));
        const string colours = """
            () => [...document.querySelectorAll("#network .coloured")]
              .map((group) => [parseInt(group.style.getPropertyValue("--share")), parseFloat(group.querySelector(".value").textContent)])
            """;

        await page.Page.ClickAsync("#network .graph .button");
        double[][] shares = await page.Page.EvaluateFunctionAsync<double[][]>(colours);

        Assert.Equal(40, await page.Count("#network .graph g[role]"));
        Assert.True(shares.Length > 1);
        Assert.Contains(shares, share => share[0] == 100);
        Assert.Contains(shares, share => share[0] == 0);
        double[] byError = [.. shares.OrderBy(share => share[1]).ThenByDescending(share => share[0]).Select(share => share[0])];
        Assert.Equal(byError.OrderDescending(), byError);
        await page.MustBeWhole();

        await page.Page.SelectAsync("#network .graph select", "nothing");
        Assert.Equal(0, await page.Count("#network .coloured"));
        await page.Page.ClickAsync("#network .graph .button");
        Assert.InRange(await page.Count("#network .graph g[role]"), 1, 20);
    }

    [BrowserTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Coloured_nodes_are_legible(bool isDark)
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40), isDark: isDark);
        const string contrasts = """
            () => {
              const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
              const light = (colour) => {
                canvas.fillStyle = colour;
                canvas.fillRect(0, 0, 1, 1);
                const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3)
                  .map((x) => (x /= 255) <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
              };
              return [...document.querySelectorAll("#network .coloured text")].map((text) => {
                const [a, b] = [text, text.parentElement.querySelector("rect")].map((e) => light(getComputedStyle(e).fill));
                return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
              });
            }
            """;

        await page.Page.ClickAsync("#network .graph .button");
        double[] found = await page.Page.EvaluateFunctionAsync<double[]>(contrasts);

        Assert.NotEmpty(found);
        Assert.All(found, contrast => Assert.True(contrast >= 4.5, $"{contrast:0.00}"));
    }

    [BrowserFact]
    public async Task Lines_that_lead_past_nodes_go_around_them()
    {
        await using OpenedPage page = await browsing.Open(SampleReports.Deep(40));

        await page.Page.ClickAsync("#network .graph .button");

        // Right of all boxes there are lanes, which shortcuts take.
        Assert.NotEmpty(
            await page.Find(
                """
                () => {
                  const right = Math.max(...[...document.querySelectorAll("#network .graph rect")].map((box) => box.getBoundingClientRect().right));
                  return [...document.querySelectorAll("#network .edge")]
                    .filter((edge) => edge.getBoundingClientRect().right > right)
                    .map((edge) => edge.getAttribute("d"));
                }
                """
            )
        );
    }
}
