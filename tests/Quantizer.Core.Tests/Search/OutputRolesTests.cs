using Quantizer.Comparison.Tasks.Heads;
using Quantizer.Comparison.Tasks.Judges;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Samples;
using Quantizer.Search;
using Quantizer.Search.Trials;

namespace Quantizer.Core.Tests.Search;

public class OutputRolesTests
{
    private static readonly SampleWorkers Workers = new(1, CancellationToken.None);

    [Fact]
    public void Outputs_that_the_task_does_not_read_count_half_together()
    {
        OutputRoles roles = OutputRoles.Alike with { IsRead = output => output[0] == 'r' };

        Assert.Equal([2 / 6.0, 1 / 6.0, 1 / 6.0, 2 / 6.0], Rounded(roles.WeightsOf(["r1", "a", "b", "r2"])));
        Assert.Equal([0.5, 0.5], roles.WeightsOf(["r1", "r2"]));
        Assert.Equal([0.5, 0.5], roles.WeightsOf(["a", "b"]));

        static double[] Rounded(double[] weights) => [.. weights.Select(weight => Math.Round(6 * weight, 9) / 6)];
    }

    [Fact]
    public void A_task_tells_which_outputs_it_reads_and_which_hold_logits()
    {
        AnchorHead head = new([new("boxes", "scores")], BoxCoding.AnchoredSizes, new AnchorScores(AreLogits: true));

        OutputRoles detector = OutputRoles.Of(new BoxesTask(head, 0.3, TaskTruths.None)),
            classifier = OutputRoles.Of(new ClassesTask("scores", 10)),
            values = OutputRoles.Of(new ValuesTask());

        string[] outputs = ["boxes", "scores", "features"];
        Assert.Equal([true, true, false], outputs.Select(detector.IsRead));
        Assert.Equal([false, true, false], outputs.Select(detector.AreLogits));
        Assert.Equal([false, true, false], outputs.Select(classifier.IsRead));
        Assert.Equal([false, false, false], outputs.Select(classifier.AreLogits));
        Assert.All(outputs, output => Assert.True(values.IsRead(output)));
    }

    [Fact]
    public void Plans_are_judged_by_what_each_output_counts()
    {
        // The error of "aside" is ten times that of "read": 20 dB.
        OnnxModel Model(float shift) =>
            new GraphBuilder()
                .Input("x", [1, 2])
                .Constant("small", [2], [shift, shift])
                .Constant("large", [2], [10 * shift, 10 * shift])
                .Node("Add", ["x", "small"], ["read"])
                .Node("Add", ["x", "large"], ["aside"])
                .Output("read", [1, 2])
                .Output("aside", [1, 2])
                .Build();
        OutputRoles roles = OutputRoles.Alike with { IsRead = output => output == "read" };

        // 25 against 2 * 0.01^2 and 2 * 0.1^2.
        double read = 10 * Math.Log10(25.0002 / 0.0002),
            aside = 10 * Math.Log10(25.02 / 0.02);
        Assert.Equal(((2 * read) + aside) / 3, SqnrDb(Model(0), Model(0.01f), roles, [3f, 4f]), 0.01);
        Assert.Equal((read + aside) / 2, SqnrDb(Model(0), Model(0.01f), OutputRoles.Alike, [3f, 4f]), 0.01);
    }

    [Fact]
    public void Logits_are_judged_as_far_as_a_sigmoid_shows_them()
    {
        OnnxModel Scores(float shift) =>
            new GraphBuilder()
                .Input("x", [1, 3])
                .Constant("shift", [3], [shift, -shift, 10 * shift])
                .Node("Add", ["x", "shift"], ["y"])
                .Output("y", [1, 3])
                .Build();
        OutputRoles roles = OutputRoles.Alike with { AreLogits = output => output == "y" };

        // What lies at -500 counts as -8, as does -499: two shifts of 0.1 are left, against 9 + 16 + 64.
        Assert.Equal(10 * Math.Log10((89 + 0.02) / 0.02), SqnrDb(Scores(0), Scores(0.1f), roles, [3f, 4f, -500f]), 0.01);
    }

    private static double SqnrDb(OnnxModel model, OnnxModel other, OutputRoles roles, float[] row)
    {
        Sample sample = new("0", new Dictionary<string, TensorValue> { ["x"] = TensorValue.FromFloats([1, row.Length], row) });
        OutputReference reference = OutputReference.Record(model, [sample], Workers, _ => { }, CancellationToken.None, roles: roles);
        using InferenceModel session = InferenceModel.Load(other);
        OutputErrors errors = JudgedRun.On(session, reference, [0], _ => false, Workers, CancellationToken.None)!;
        return reference.SqnrDb(errors, reference.Count);
    }
}
