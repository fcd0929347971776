using System.Text;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Testing;
using static Quantizer.Core.Tests.Samples.OpenedData;

namespace Quantizer.Core.Tests.Samples.Formats;

/// <summary>Tables.</summary>
public sealed class CsvTests : IDisposable
{
    private static readonly TensorSignature Input = new("x", ElementType.Float, ["N", 2]);
    private static readonly TensorSignature Ids = new("input_ids", ElementType.Int64, ["N", "T"]);
    private static readonly TensorSignature AttentionMask = new("attention_mask", ElementType.Int64, ["N", "T"]);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Columns_are_found_by_name_and_number_whatever_their_order()
    {
        string path = Text("x.csv", "note;x.1;label;x[0]\nfirst;2;1;\"1\"\nsecond;4.5e1;0;-3\n");

        using RecordSamples samples = OpenedData.Of(path, Input);

        Assert.Equal(
            [
                [1f, 2f],
                [-3f, 45f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
        Assert.Equal([1, 0], Ordered(samples).Select(sample => sample.Label));
    }

    [Fact]
    public void Columns_of_a_model_with_one_input_may_be_called_anything()
    {
        string path = Text("x.csv", "width,height\n1,2\n3,4\n");

        using RecordSamples samples = OpenedData.Of(path, Input);

        Assert.Equal(
            [
                [1f, 2f],
                [3f, 4f],
            ],
            Ordered(samples).Select(sample => sample.Inputs["x"].Floats.ToArray())
        );
    }

    [Theory]
    [InlineData("1.5,2\n3,4\n", true)]
    [InlineData("2,2\n3,4\n", true)]
    [InlineData("1;-2e1\n3;4\n", true)]
    // As pandas counts columns; else a first line that is no number throughout.
    [InlineData("0,1\n3,4\n", false)]
    [InlineData("1,x2\n3,4\n", false)]
    [InlineData("1,\n3,4\n", false)]
    public void A_first_line_of_numbers_is_a_sample_and_told(string text, bool isSample)
    {
        using RecordSamples samples = OpenedData.Of(Text("x.csv", text), Input);

        Assert.Equal(isSample ? 2 : 1, Ordered(samples).Length);
        Assert.Equal(isSample ? ["The table has no header: its first line is numbers, and a sample."] : [], samples.Notes);
    }

    [Theory]
    // Wavelengths, with a sample of the numbers that lie there.
    [InlineData("x", "400,401.5,403,404.5,406,407.5,409,410.5", true)]
    [InlineData("x", "400,401.5,403,404.5,406,407.5,409,410", false)]
    [InlineData("x", "3,3,3,3,3,3,3,3", false)]
    [InlineData("7", "7.0,7.1,7.2,7.3,7.4,7.5,7.6,7.7", true)]
    public void Numbers_that_columns_are_called_are_no_sample(string input, string line, bool isHeader)
    {
        string path = Text("x.csv", $"{line}\n1,2,3,4,5,6,7,8\n");

        using RecordSamples samples = OpenedData.Of(path, new TensorSignature(input, ElementType.Float, ["N", 8]));

        Assert.Equal(isHeader ? 1 : 2, samples.Count);
    }

    [Theory]
    [InlineData("a,y\n1,2\n", "The column 'a' feeds the input 'x': there is no other.")]
    [InlineData("a,b,z\n1,2,3\n", "The columns 'a', 'b' feed the input 'x': there is no other.")]
    public void Columns_of_other_names_are_told_where_they_could_be_another_inputs(string text, string note)
    {
        TensorSignature value = new("x", ElementType.Float, ["N", "K"]),
            other = new("z", ElementType.Float, ["N", 1]);

        using RecordSamples samples = OpenedData.Of(Text("x.csv", text), text.Contains('z') ? [value, other] : [value, AttentionMask]);

        Assert.Contains(note, samples.Notes);
    }

    [Fact]
    public void A_cell_that_is_no_number_breaks_its_line_only_and_is_named()
    {
        string path = Text("x.csv", "x.0,x.1\n1,2\n3,abc\n5\n7,8\n");

        using RecordSamples samples = OpenedData.Of(path, Input);
        SampleReader<Sample> reader = new(samples.Count, samples.Load);
        Sample[] read = [.. Enumerable.Range(0, samples.Count).Select(reader.Load).OfType<Sample>()];

        Assert.Equal(2, read.Length);
        Assert.Equal(
            [
                new SkippedSample("row 1", "line 3, column 'x.1': found 'abc', expected a number"),
                new SkippedSample("row 2", "line 4 has 1 cells; the header has 2"),
            ],
            samples.Skipped
        );
    }

    [Theory]
    [InlineData("x.0,x.2\n1,2\n", "no column 'x.1'")]
    [InlineData("a,b,c\n1,2,3\n", "has 3 columns for input 'x' [N, 2]")]
    [InlineData(
        "a,b,target\n1,2,3\n",
        "takes 2 values. Remove the columns that are none of them ('target'?), or call those of the input x.0,"
    )]
    [InlineData("a,b,c\n1,2,3\n", "none of them, or call those of the input x.0, x.1 and so on. Found 'a', 'b', 'c'.")]
    [InlineData("a\n1\n", "which takes another number of values. Expected a column per value, called x.0, x.1 and so on. Found 'a'.")]
    [InlineData("x.0,x.1\n", "no lines below it")]
    public void Columns_that_do_not_fit_are_an_error(string text, string expected) =>
        Assert.Contains(expected, Assert.Throws<QuantizationException>(() => OpenedData.Of(Text("x.csv", text), Input).Dispose()).Message);

    private string Text(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));
}
