using Quantizer.Comparison.Tasks;
using Quantizer.Comparison.Tasks.Truths;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Comparison.Tasks.Truths;

public sealed class TruthsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData("""{"file": "a.jpg", "box": [1, 2, 3], "label": 4}""")]
    [InlineData("""{"file": "a.jpg", "box": [1, 2, 3, "4"], "label": 4}""")]
    [InlineData("""{"file": "a.jpg", "box": [1, 2, 3, 4]}""")]
    [InlineData("""{"file": null, "box": [1, 2, 3, 4], "label": 4}""")]
    [InlineData("not JSON")]
    [InlineData("3")]
    public void A_line_that_is_no_box_is_named(string line)
    {
        string path = Write("boxes.jsonl", """{"file": "a.jpg", "box": [1, 2, 3, 4], "label": 4}""", "", line);

        Assert.StartsWith(
            $"Boxes file '{path}', line 3: found '{line}', expected {{\"file\": \"a.jpg\"",
            Assert.Throws<QuantizationException>(() => TruthBoxes.Read(path)).Message
        );
    }

    [Fact]
    public void Boxes_are_found_by_the_sample_s_name()
    {
        TruthBoxes boxes = TruthBoxes.Read(Write("boxes.jsonl", """{"file": ".\\a\\b.jpg", "box": [1, 2, 3.5, 4], "label": 4}"""));

        Assert.Equal([new TruthBox(1, 2, 3.5, 4, 4)], boxes.Of("a/b.jpg"));
        Assert.Empty(boxes.Of("b.jpg"));
    }

    [Fact]
    public void Texts_keep_their_spaces_and_tabs()
    {
        TruthLines lines = TruthLines.Read(Write("labels.txt", "a.png\t17/04/2001 7:35", "", "b.png\t x\ty"));

        Assert.Equal(("17/04/2001 7:35", " x\ty", null), (lines.Of("a.png"), lines.Of("b.png"), lines.Of("c.png")));
        Assert.Contains(
            "line 1: found 'a.png 7', expected a picture's path below the data folder, a tab, and its text",
            Assert.Throws<QuantizationException>(() => TruthLines.Read(Write("bad.txt", "a.png 7"))).Message
        );
    }

    [Fact]
    public void Characters_leave_room_for_the_blank_and_the_space()
    {
        CharacterList list = CharacterList.Read(Write("characters.txt", "a", "b"));

        Assert.Equal(["", "a", "b"], list.Of(3, blank: 0));
        Assert.Equal(["a", "b", ""], list.Of(3, blank: 2));
        Assert.Equal(["", "a", "b", " "], list.Of(4, blank: 0));
        Assert.Equal(["a", "b", " ", ""], list.Of(4, blank: 3));
        Assert.Contains("has 2 lines; the model has 7 classes", Assert.Throws<QuantizationException>(() => list.Of(7, 0)).Message);
    }

    [Fact]
    public void Files_that_are_not_there_are_named()
    {
        string missing = _folder.File("missing");

        Assert.Contains(missing, Assert.Throws<QuantizationException>(() => TruthBoxes.Read(missing)).Message);
        Assert.Contains(missing, Assert.Throws<QuantizationException>(() => TruthMasks.Open(missing)).Message);
        Assert.Contains("holds no .png picture", Assert.Throws<QuantizationException>(() => TruthMasks.Open(_folder.Path)).Message);
        Assert.Contains("is empty", Assert.Throws<QuantizationException>(() => CharacterList.Read(Write("empty.txt"))).Message);
    }

    [Fact]
    public void Texts_without_the_list_of_characters_cannot_be_judged() =>
        Assert.Contains(
            "Give the list of its characters with --characters FILE",
            Assert.Throws<UsageException>(() => TaskTruths.Open(new TaskOptions(), Write("labels.txt", "a\tb"))).Message
        );

    [Fact]
    public void Right_answers_of_another_task_or_for_other_data_are_refused()
    {
        TaskTruths truths = new() { Boxes = TruthBoxes.Read(Write("b.jsonl", """{"file": "a.jpg", "box": [1, 2, 3, 4], "label": 4}""")) };

        truths.RequireUse(TaskKind.Boxes);
        truths.RequireSamples(["b.jpg", "a.jpg"]);
        Assert.Equal(
            "--boxes gives right answers for the task 'boxes', and the model's task is 'classes'. Leave it out, or say --task boxes.",
            Assert.Throws<QuantizationException>(() => truths.RequireUse(TaskKind.Classes)).Message
        );
        Assert.StartsWith(
            "The boxes file names none of the 1 samples; the first is 'b.jpg'.",
            Assert.Throws<QuantizationException>(() => truths.RequireSamples(["b.jpg"])).Message
        );
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, params string[] lines)
    {
        File.WriteAllLines(_folder.File(name), lines);
        return _folder.File(name);
    }
}
