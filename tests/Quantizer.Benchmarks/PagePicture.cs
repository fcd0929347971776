using PuppeteerSharp;
using Quantizer.Pipeline;
using Quantizer.Reporting;
using Quantizer.Reporting.Texts;
using Quantizer.Testing;

namespace Quantizer.Benchmarks;

/// <summary>Quantizes the bundled network and takes a picture of the report's first screens.</summary>
internal static class PagePicture
{
    private const string Model = "shapes-resnet.onnx";
    private const int Width = 1000;
    private const int Height = 1300;

    public static int Run(string[] args)
    {
        if (args is not [string output])
            throw new ArgumentException("'page' takes the picture's file and nothing else. See --help.");
        if (InstalledBrowser.Path is not { } browser)
            throw new ArgumentException("There is no chromium or chrome on PATH to take the picture with; install one.");
        string picture = Path.GetFullPath(output),
            root = SharedFolder.Repository;
        using TemporaryFolder folder = new();
        // Names without folders, as a user in the model's folder has them.
        File.Copy(Path.Combine(root, "samples", Model), folder.File(Model));
        Directory.SetCurrentDirectory(folder.Path);
        QuantizationReport report = QuantizationPipeline.Quantize(
            new QuantizationOptions
            {
                ModelPath = Model,
                OutputPath = Path.ChangeExtension(Model, ".int8.onnx"),
                CalibrationPaths = [Path.Combine(root, "calibration-data/shapes/calib")],
                EvaluationPaths = [Path.Combine(root, "calibration-data/shapes/val")],
                Details = true,
            }
        );
        ReportFile.Write(report, folder.File("page.html"));
        Take(browser, folder.File("page.html"), picture).GetAwaiter().GetResult();
        Console.WriteLine($"Wrote {picture}, {FigureText.Bytes(new FileInfo(picture).Length)}");
        return 0;
    }

    private static async Task Take(string path, string html, string picture)
    {
        await using IBrowser browser = await Puppeteer.LaunchAsync(
            new LaunchOptions
            {
                ExecutablePath = path,
                Headless = true,
                Args = ["--no-sandbox", "--hide-scrollbars"],
            }
        );
        await using IPage page = await browser.NewPageAsync();
        await page.SetViewportAsync(new ViewPortOptions { Width = Width, Height = Height });
        await page.GoToAsync(new Uri(html).AbsoluteUri);
        await page.ScreenshotAsync(picture);
    }
}
