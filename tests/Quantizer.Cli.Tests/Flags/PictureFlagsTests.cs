using Quantizer.Preprocessing;

namespace Quantizer.Cli.Tests.Flags;

public sealed class PictureFlagsTests
{
    [Fact]
    public void Every_preset_of_the_library_is_accepted_and_told()
    {
        using ProgramRun help = new();
        help.Run("--help");
        foreach (PicturePreset preset in PicturePreset.All)
        {
            using ProgramRun run = new();
            Assert.Equal((ExitCodes.Done, ""), (run.Run("m.onnx", "--calib", "c", "--preset", preset.Name), run.Error));
            Assert.Same(preset, run.Asked!.Pictures.Preset);
            Assert.Contains(preset.Name, help.Out);
        }
    }

    [Fact]
    public void Leave_to_guess_reaches_the_library()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", "--preset", "guess"));
        Assert.Equal((null, true), (run.Asked!.Pictures.Preset, run.Asked.Pictures.AcceptsGuess));
    }

    [Theory]
    [InlineData("--channels", "gray")]
    [InlineData("--resize", "crop")]
    [InlineData("--interpolation", "opencv-linear")]
    [InlineData("--layout", "nchw")]
    public void Words_that_the_command_line_takes_are_the_librarys(string option, string word)
    {
        using ProgramRun run = new();
        Assert.Equal(ExitCodes.Done, run.Run("m.onnx", "--calib", "c", option, word));
        PictureOptions pictures = run.Asked!.Pictures;

        string?[] read =
        [
            pictures.Channels is { } channels ? PictureWords.Of(channels) : null,
            pictures.Resize is { } resize ? PictureWords.Of(resize) : null,
            pictures.Interpolation is { } interpolation ? PictureWords.Of(interpolation) : null,
            pictures.Layout is { } layout ? PictureWords.Of(layout) : null,
        ];
        Assert.Equal([word], read.OfType<string>());
    }
}
