using PuppeteerSharp;

namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>A page in a browser, with what it complained of and asked for since it was opened.</summary>
public sealed class OpenedPage : IAsyncDisposable
{
    private readonly List<string> _complaints = [];
    private readonly List<string> _requests = [];

    public OpenedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) => _complaints.Add($"{message.Message.Type}: {message.Message.Text}");
        page.PageError += (_, error) => _complaints.Add(error.Message);
        page.Request += (_, request) => _requests.Add(request.Request.Url);
    }

    public IPage Page { get; }

    /// <summary>Lines of the console, and errors that nothing caught.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>Everything asked for besides the page itself and what stands in it.</summary>
    public IReadOnlyList<string> Requests => [.. _requests.Skip(1).Where(url => !url.StartsWith("data:", StringComparison.Ordinal))];

    /// <summary>Goes through the page to its end, so that all plots are drawn.</summary>
    public Task Scroll() =>
        Page.EvaluateFunctionAsync(
            """
            async () => {
              for (let top = 0; top < document.documentElement.scrollHeight; top += 500) {
                scrollTo({ top, behavior: "instant" });
                await new Promise((done) => setTimeout(done, 40));
              }
            }
            """
        );

    /// <summary>From its beginning to its end nothing complains, is asked for, empty, too wide, covered or faint.</summary>
    public async Task MustBeWhole()
    {
        await Scroll();

        Assert.Empty(Complaints);
        Assert.Empty(Requests);
        Assert.Empty(await Find(PageProbes.Empty));
        Assert.Empty(await Find(PageProbes.Overflowing));
        Assert.Empty(await Find(PageProbes.Overlapping));
        Assert.Empty(await Find(PageProbes.Faint));
    }

    /// <summary>What a function of the page finds.</summary>
    public Task<string[]> Find(string function) => Page.EvaluateFunctionAsync<string[]>(function);

    public Task<int> Count(string selector) =>
        Page.EvaluateFunctionAsync<int>("(selector) => document.querySelectorAll(selector).length", selector);

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
