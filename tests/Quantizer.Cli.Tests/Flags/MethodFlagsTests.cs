using Quantizer.Calibration.Statistics;
using Quantizer.Correction;
using Quantizer.Equalization;
using Quantizer.Placement;
using Quantizer.Ranges.Selectors;
using Quantizer.Ranges.Weights;
using Quantizer.Targets;

namespace Quantizer.Cli.Tests.Flags;

public sealed class MethodFlagsTests
{
    public static TheoryData<string, string> Words
    {
        get
        {
            TheoryData<string, string> words = new();
            Add("--method", RangeMethod.Words);
            Add("--statistics", StatisticsWords.Modes.Words);
            Add("--weights-only", StorageWords.Types.Words);
            Add("--weights", WeightWords.Granularities.Words);
            Add("--weight-ranges", WeightWords.Ranges.Words);
            Add("--bias-correction", CorrectionWords.Modes.Words);
            Add("--channel-scales", ChannelScalingWords.Modes.Words);
            Add("--target", QuantizationTarget.Words);
            return words;

            void Add(string option, IReadOnlyList<string> told)
            {
                foreach (string word in told)
                    words.Add(option, word);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void Every_word_of_the_librarys_tables_is_accepted_and_told(string option, string word)
    {
        using ProgramRun help = new();
        help.Run("--help");
        using ProgramRun run = new();

        Assert.Equal((ExitCodes.Done, ""), (run.Run("m.onnx", "--calib", "c", option, word), run.Error));
        Assert.Contains(word, help.Out);
    }

    [Theory]
    [InlineData("percentile:50", 50)]
    [InlineData("percentile:99.99", 99.99)]
    [InlineData("percentile:100", 100)]
    public void The_limits_that_are_told_are_the_ones_that_hold(string word, double percent)
    {
        using ProgramRun run = new();

        Assert.Equal((ExitCodes.Done, ""), (run.Run("m.onnx", "--calib", "c", "--method", word), run.Error));
        Assert.Equal(RangeMethod.Percentile(percent), run.Asked!.Method);
    }
}
