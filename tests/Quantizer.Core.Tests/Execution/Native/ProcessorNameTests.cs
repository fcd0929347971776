using Quantizer.Execution.Native;

namespace Quantizer.Core.Tests.Execution.Native;

public class ProcessorNameTests
{
    [Fact]
    public void The_model_name_of_the_first_core_is_taken() =>
        Assert.Equal(
            "A Processor @ 2.0GHz",
            ProcessorName.InDescription(["processor\t: 0", "model name\t: A Processor @ 2.0GHz", "", "model name\t: Another"])
        );

    [Fact]
    public void A_processor_without_a_name_goes_by_its_makers_numbers() =>
        Assert.EndsWith(
            ", implementer 0x41, part 0xd0c",
            ProcessorName.InDescription(["processor\t: 0", "CPU implementer\t: 0x41", "CPU part\t: 0xd0c"])
        );

    [Fact]
    public void What_tells_nothing_has_no_name() => Assert.Null(ProcessorName.InDescription(["processor\t: 0"]));

    [Fact]
    public void This_machine_has_a_name() => Assert.NotEmpty(ProcessorName.Text);
}
