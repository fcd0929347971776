using PuppeteerSharp;
using Quantizer.Reporting;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>A browser for the tests of a class.</summary>
public sealed class Browsing : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (InstalledBrowser.Path is not { } path)
            return;
        _browser = await Puppeteer.LaunchAsync(
            new LaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                // Containers run tests as root, whom the sandbox refuses.
                Args = ["--no-sandbox", "--hide-scrollbars"],
            }
        );
    }

    /// <summary>Writes a report and opens it.</summary>
    public async Task<OpenedPage> Open(QuantizationReport report, int width = 1440, bool isDark = false, bool hasScript = true)
    {
        string file = _folder.File($"{Guid.NewGuid():N}.html");
        ReportFile.Write(report, file);
        IPage page = await _browser!.NewPageAsync();
        OpenedPage opened = new(page);
        await page.SetJavaScriptEnabledAsync(hasScript);
        await page.SetViewportAsync(new ViewPortOptions { Width = width, Height = 900 });
        await page.EmulateMediaFeaturesAsync([
            new MediaFeatureValue { MediaFeature = MediaFeature.PrefersColorScheme, Value = isDark ? "dark" : "light" },
        ]);
        await page.GoToAsync(new Uri(file).AbsoluteUri);
        return opened;
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _folder.Dispose();
    }
}
