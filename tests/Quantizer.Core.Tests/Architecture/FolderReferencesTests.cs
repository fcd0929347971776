namespace Quantizer.Core.Tests.Architecture;

public class FolderReferencesTests
{
    private const string Placement = "src/Quantizer.Core/Placement";
    private const string Rules = "src/Quantizer.Core/Placement/Rules";

    private static readonly SourceFile[] Files =
    [
        new($"{Placement}/Placer.cs", "namespace Quantizer.Placement; public static class Placer { }"),
        new($"{Rules}/Rule.cs", "namespace Quantizer.Placement.Rules; public sealed record Rule(int Count);"),
        new(
            $"{Rules}/RuleText.cs",
            "namespace Quantizer.Placement.Rules; public static class RuleText { public static string Shorten(this string text) => text; }"
        ),
    ];

    [Theory]
    [InlineData("using Quantizer.Placement;", "")] // a dead using
    [InlineData("using Quantizer.Placement; class Example { object o = Placer.Place(); }", "Placement")]
    [InlineData("class Example { object o = Placer.Place(); }", "")] // a type of the same name that cannot be seen
    [InlineData("class Example { object o = Quantizer.Placement.Placer.Place(); }", "Placement")]
    [InlineData("class Example { object o = Placement.Placer.Place(); }", "Placement")]
    [InlineData("class Example { object o = plan.Placement.Count; }", "")]
    [InlineData("using Quantizer.Placement.Rules; class Example { string s = text.Shorten(); }", "Placement/Rules")]
    [InlineData("using Quantizer.Placement; // Placer\nclass Example { /* Placer */ }", "")]
    [InlineData(
        "using Quantizer.Placement;\nusing Quantizer.Placement.Rules;\nclass Example { Rule r; Placer p; }",
        "Placement Placement/Rules"
    )]
    public void Types_that_code_names_are_uses_and_nothing_else(string code, string used)
    {
        SourceFile example = new("src/Quantizer.Core/Schemes/Example.cs", SourceFile.WithoutComments(code));

        Assert.Equal(used, Text(new FolderReferences([.. Files, example]).UsedBy(example)));
    }

    [Fact]
    public void Types_of_the_folder_around_are_used_without_a_using()
    {
        SourceFile example = new($"{Rules}/Example.cs", "class Example { Placer p; }");

        Assert.Equal("Placement", Text(new FolderReferences([.. Files, example]).UsedBy(example)));
    }

    [Fact]
    public void The_folder_of_the_file_itself_is_no_use()
    {
        SourceFile example = new($"{Placement}/Example.cs", "using Quantizer.Placement; class Example { Placer p; }");

        Assert.Empty(new FolderReferences([.. Files, example]).UsedBy(example));
    }

    private static string Text(IEnumerable<string> folders) =>
        string.Join(' ', folders.Select(folder => folder["src/Quantizer.Core/".Length..]));
}
