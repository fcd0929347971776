using Quantizer.Calibration.Statistics;
using Quantizer.Doctor;
using Quantizer.Findings;
using Quantizer.Graphs;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Doctor;

public class DataDoctorTests
{
    private static readonly TensorSignature Sequence = new("ids", ElementType.Int64, [new Dimension(null), new Dimension(null)]);
    private static readonly TensorSignature Picture = new("x", ElementType.Float, [1, 3, 16, 16]);

    [Theory]
    [InlineData(0, 20, false)]
    [InlineData(2, 20, false)]
    [InlineData(3, 20, true)]
    public void Photos_that_ask_to_be_turned_are_told_where_they_are_many(int asking, int samples, bool areTold)
    {
        string[] names = [.. Enumerable.Range(0, asking).Select(i => $"{i}.jpg")];

        Finding[] findings = [.. DataDoctor.OfPictures(names, samples)];

        Assert.Equal(areTold ? ["QZ417"] : [], findings.Select(finding => finding.Code));
        Assert.All(findings, finding => Assert.Contains("3 of 20 pictures ask", finding.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Different_samples_of_full_length_are_healthy() =>
        Assert.Empty(Examine(Sequence, Enumerable.Range(0, 40).Select(i => Ids(Enumerable.Range(i, 20)))));

    [Theory]
    // Eleven different ones of twelve: one twin is in most collections.
    [InlineData(11, 12, false)]
    [InlineData(10, 12, true)]
    public void Samples_that_repeat_others_are_told(int different, int samples, bool speaks)
    {
        Finding[] findings = Examine(Sequence, Enumerable.Range(0, samples).Select(i => Ids(Enumerable.Range(i % different * 3, 20))));

        Assert.Equal(speaks ? ["2 of 12 calibration samples are identical to others: they add nothing."] : [], findings.Select(Message));
    }

    [Fact]
    public void Samples_of_one_value_are_told()
    {
        Finding finding = Assert.Single(
            Examine(Picture, Enumerable.Range(0, 10).Select(i => i < 2 ? Floats(_ => i) : Floats(k => (k * (i + 2)) % 17)))
        );

        Assert.StartsWith("2 of 10 calibration samples hold one value only", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Padding_that_counts_is_told_of_the_input_that_has_least_of_it()
    {
        // Lengths 5 to 14 of 20: 9.5 on average, so 10.5 zeros, of which the last counts as a value.
        Sample[] samples =
        [
            .. Enumerable.Range(0, 10).Select(i => Ids(Enumerable.Range(100 + i, 5 + i).Concat(Enumerable.Repeat(0, 15 - i)))),
        ];

        Finding finding = Assert.Single(Examine(Sequence, samples));

        Assert.Equal(
            "Input 'ids': 48 % of its positions are padding, 0 at the ends of 10 of 10 samples. The ranges count them like all others.",
            finding.Message
        );
        Assert.Equal("Give samples of one length.", finding.Remedy);
    }

    [Fact]
    public void Padding_is_never_told_of_a_mask_and_names_one_that_is_not_used()
    {
        TensorSignature mask = new("attention_mask", ElementType.Int64, Sequence.Shape);
        Sample[] samples = [.. Enumerable.Range(0, 10).Select(i => Ids(Enumerable.Range(100 + i, 10).Concat(new int[10])))];
        Sample[] Masked(int on, int off)
        {
            TensorValue values = Ids(Enumerable.Repeat(on, 10).Concat(Enumerable.Repeat(off, 10))).Inputs["ids"];
            return
            [
                .. samples.Select(sample =>
                    sample with
                    {
                        Inputs = new Dictionary<string, TensorValue>(sample.Inputs) { ["attention_mask"] = values },
                    }
                ),
            ];
        }
        Sample[] masked = Masked(on: 1, off: 0);

        Finding unused = Assert.Single(DataDoctor.Before(Survey(masked), [Sequence, mask])),
            used = Assert.Single(DataDoctor.Before(Survey(masked), [Sequence, mask], ["attention_mask"]));

        Assert.StartsWith("Input 'ids': ", unused.Message, StringComparison.Ordinal);
        Assert.Contains("use it with --mask attention_mask", unused.Remedy);
        Assert.Equal("Give samples of one length, or 'attention_mask' with 1 for what counts and 0 for padding.", used.Remedy);
        Assert.Empty(DataDoctor.Before(Survey(masked), [mask]));
        // Numbers that are added to scores: ones and zeros would not be what the model means.
        Finding added = Assert.Single(DataDoctor.Before(Survey(Masked(on: 0, off: -10000)), [Sequence, mask]));
        Assert.Equal("Give samples of one length.", added.Remedy);
    }

    [Theory]
    // T5 as a whole, and its decoder alone.
    [InlineData("decoder_input_ids", "input_ids", "attention_mask")]
    [InlineData("input_ids", "encoder_input_ids", "encoder_attention_mask")]
    public void The_mask_of_another_sequence_is_not_asked_for(string padded, string other, string mask)
    {
        TensorSignature target = new(padded, ElementType.Int64, ["batch", "T"]),
            source = new(other, ElementType.Int64, ["batch", "S"]),
            maskOfSource = new(mask, ElementType.Int64, ["batch", "S"]);
        TensorValue Numbers(IEnumerable<int> values) => Ids(values).Inputs["ids"];
        IEnumerable<Sample> Samples(string withPadding, string without) =>
            Enumerable
                .Range(0, 10)
                .Select(i => new Sample(
                    $"{i}",
                    new Dictionary<string, TensorValue>
                    {
                        [withPadding] = Numbers(Enumerable.Range(100 + i, 10).Concat(new int[10])),
                        [without] = Numbers(Enumerable.Range(200 + i, 20)),
                        [mask] = Numbers(Enumerable.Repeat(1, 10 + i).Concat(new int[5])),
                    }
                ));
        string RemedyOf(string withPadding, string without, string? used) =>
            Assert
                .Single(
                    DataDoctor.Before(
                        Survey([.. Samples(withPadding, without)]),
                        [target, source, maskOfSource],
                        used is null ? [] : [used]
                    )
                )
                .Remedy;

        Assert.Equal("Give samples of one length.", RemedyOf(padded, other, mask));
        Assert.Equal("Give samples of one length.", RemedyOf(padded, other, null));
        Assert.Contains($"'{mask}'", RemedyOf(other, padded, mask));
    }

    [Fact]
    public void Padding_that_a_mask_switches_off_or_that_the_model_asks_for_is_not_told()
    {
        Sample[] samples = [.. Enumerable.Range(0, 10).Select(i => Ids(Enumerable.Range(100 + i, 10).Concat(new int[10])))];
        TensorSignature fixedLength = new("ids", ElementType.Int64, [new Dimension(null), 20]);

        Assert.NotEmpty(Examine(Sequence, samples));
        Assert.Empty(Examine(fixedLength, samples));
        Assert.Empty(Examine(Sequence, samples.Select(sample => sample with { Mask = new PositionMask(new bool[20]) })));
    }

    [Fact]
    public void An_input_of_one_value_such_as_the_mask_of_samples_without_padding_has_none() =>
        Assert.DoesNotContain(
            Examine(Sequence, Enumerable.Range(0, 10).Select(i => Ids(Enumerable.Repeat(1, 10 + i)))),
            finding => finding.Message.Contains("padding", StringComparison.Ordinal)
        );

    [Fact]
    public void Zeros_at_the_ends_of_sounds_are_padding_too()
    {
        TensorSignature sound = new("sound", ElementType.Float, [1, new Dimension(null)]);
        Sample[] sounds =
        [
            .. Enumerable
                .Range(0, 8)
                .Select(i => new Sample(
                    $"{i}",
                    new Dictionary<string, TensorValue>
                    {
                        ["sound"] = TensorValue.FromFloats([1, 100], [.. Enumerable.Range(0, 100).Select(t => t < 60 ? t + i + 1f : 0f)]),
                    }
                )),
        ];

        Assert.Contains("39 % of its positions are padding, 0 at the ends of 8", Assert.Single(Examine(sound, sounds)).Message);
    }

    [Fact]
    public void Rows_that_hold_the_colours_in_turn_are_told_and_planes_are_not()
    {
        // A smooth red picture: bytes of 200, 60 and 20, rising slowly along the row.
        Sample InTurn(int i) => Floats(k => new[] { 200, 60, 20 }[k % 3] + (k / 3 % 16) + i);
        Sample Planes(int i) => Floats(k => new[] { 200, 60, 20 }[k / 256] + (k % 16) + i);

        Assert.Contains(
            "takes colours one after the other [3, rows, columns]",
            Assert.Single(Examine(Picture, Enumerable.Range(0, 10).Select(InTurn))).Message
        );
        Assert.Empty(Examine(Picture, Enumerable.Range(0, 10).Select(Planes)));
    }

    [Fact]
    public void The_survey_does_not_depend_on_who_saw_which_sample()
    {
        Sample[] samples = [.. Enumerable.Range(0, 10).Select(i => Ids(Enumerable.Range(i % 7, 10).Concat(new int[10])))];
        SampleSurvey one = Survey(samples),
            first = Survey(samples[5..]),
            merged = new();
        merged.Merge(first);
        merged.Merge(Survey(samples[..5]));

        Assert.Equal((one.Samples, one.Distinct, one.Constant), (merged.Samples, merged.Distinct, merged.Constant));
        Assert.Equal(7, merged.Distinct);
        Assert.Equal(one.Inputs["ids"].Tails, merged.Inputs["ids"].Tails);
    }

    [Fact]
    public void Ranges_that_grow_with_every_sample_are_told()
    {
        // The range of each sixteenth is twice that of the one before.
        Finding finding = Assert.Single(DataDoctor.After(Settling(part => MathF.Pow(2, part)), samples: 64));

        Assert.StartsWith("The ranges have not settled: of 2 tensors 2 still grow", finding.Message, StringComparison.Ordinal);
        Assert.Equal("Give at least twice as many samples, or more varied ones.", finding.Remedy);
    }

    [Fact]
    public void Ranges_that_are_the_same_in_all_parts_or_that_one_sample_alone_decides_are_settled()
    {
        Assert.Empty(DataDoctor.After(Settling(part => 10 - (part * 0.01f)), samples: 64));
        Assert.Empty(DataDoctor.After(Settling(part => part == 3 ? 100 : 10), samples: 64));
        // Few samples are told already.
        Assert.Empty(DataDoctor.After(Settling(part => MathF.Pow(2, part)), samples: 15));
    }

    private static Dictionary<string, RangeSettling> Settling(Func<int, float> most)
    {
        Dictionary<string, RangeSettling> settling = new() { ["one"] = new(), ["two"] = new() };
        for (int part = 0; part < 16; part++)
        {
            settling["one"].Add((ulong)part, 0, most(part));
            settling["two"].Add((ulong)part, -most(part), 0);
        }

        return settling;
    }

    private static string Message(Finding finding) => finding.Message;

    private static Finding[] Examine(TensorSignature input, IEnumerable<Sample> samples) =>
        [.. DataDoctor.Before(Survey(samples), [input])];

    private static SampleSurvey Survey(IEnumerable<Sample> samples)
    {
        SampleSurvey survey = new();
        foreach (Sample sample in samples)
            survey.Add(sample, SampleContent.HashOf(sample));
        return survey;
    }

    private static Sample Ids(IEnumerable<int> ids)
    {
        long[] values = [.. ids.Select(id => (long)id)];
        byte[] data = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        return new Sample("ids", new Dictionary<string, TensorValue> { ["ids"] = new(ElementType.Int64, [1, values.Length], data) });
    }

    private static Sample Floats(Func<int, float> value) =>
        new(
            "x",
            new Dictionary<string, TensorValue>
            {
                ["x"] = TensorValue.FromFloats([1, 3, 16, 16], [.. Enumerable.Range(0, 3 * 256).Select(value)]),
            }
        );
}
