using System.Text;
using System.Text.Json;
using Quantizer.Cli.Configurations;
using Quantizer.Pipeline;
using Quantizer.Testing;

namespace Quantizer.Cli.Tests.Configurations;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_option_has_a_field_that_does_what_the_option_does()
    {
        foreach (ConfigurationField field in ConfigurationFile.FieldsOf(Commands.Quantize))
        {
            (string json, string[] arguments) = Example(field);
            string file = Write($$"""{ {{json}} }""");
            string[] needed =
            [
                .. field.Name == "model" ? Array.Empty<string>() : ["m.onnx"],
                .. field.Name is "calib" or "random" ? Array.Empty<string>() : ["--calib", "c"],
            ];

            QuantizationOptions configured = Ask([.. needed, "--config", file]);
            QuantizationOptions flagged = Ask([.. needed, .. arguments]);

            Assert.Equivalent(flagged with { ArgumentFiles = [file], Arguments = configured.Arguments }, configured, strict: true);
        }
    }

    [Fact]
    public void No_option_is_without_a_field()
    {
        string[] fields = [.. ConfigurationFile.FieldsOf(Commands.Quantize).Select(field => field.Name)];

        Assert.Superset(
            new HashSet<string>(["model", "calib", "eval", "output", "report", "json", "mean", "method", "no-floor", "threads", "batch"]),
            new HashSet<string>(fields)
        );
        // All but --config and those that every root command has by itself.
        Assert.Equal(Commands.Quantize.Options.Count - Commands.BuiltIn - 1, fields.Length - Commands.Quantize.Arguments.Count);
    }

    [Fact]
    public void What_the_command_line_says_wins()
    {
        string file = Write("""{ "model": "a.onnx", "calib": ["x", "y"], "samples": 8, "no-floor": false }""");

        QuantizationOptions asked = Ask("b.onnx", "--config", file, "--calib", "z", "--samples", "9", "--no-floor");

        Assert.Equal(("b.onnx", 9, false), (asked.ModelPath, asked.Samples, asked.KeepsFloor));
        Assert.Equal(["z"], asked.CalibrationPaths);
    }

    [Fact]
    public void Comments_trailing_commas_a_byte_order_mark_and_a_schema_are_allowed()
    {
        string file = Write(
            "\uFEFF// how\n{ \"$schema\": \"quantize.schema.json\", /* what */ \"model\": \"a.onnx\", \"calib\": [\"c\",], }\n"
        );

        Assert.Equal(_folder.File("a.onnx"), Ask("--config", file).ModelPath);
    }

    [Fact]
    public void Relative_paths_begin_at_the_files_folder()
    {
        Directory.CreateDirectory(_folder.File("data=1"));
        string file = Write(
            """
            {
              "model": "sub/a.onnx",
              "calib": ["ids=ids.npy", "data=1", "/abs"],
              "labels": "l.txt",
              "output": "o.onnx",
              "report": "r.md"
            }
            """
        );

        QuantizationOptions asked = Ask("--config", file);

        Assert.Equal(
            [$"ids={_folder.File("ids.npy")}", _folder.File("data=1"), Path.Combine(_folder.Path, "/abs")],
            asked.CalibrationPaths
        );
        Assert.Equal(
            (_folder.File("sub/a.onnx"), _folder.File("l.txt"), _folder.File("o.onnx"), _folder.File("r.md")),
            (asked.ModelPath, asked.LabelsPath, asked.OutputPath, asked.ReportPaths.Single())
        );
    }

    [Fact]
    public void It_is_a_file_that_the_run_reads()
    {
        string file = Write("""{ "model": "a.onnx", "calib": "c" }""");

        Assert.Equal([file], Ask("--config", file).ArgumentFiles);
    }

    [Fact]
    public void A_comparison_takes_one_too()
    {
        string file = Write("""{ "fp32": "a.onnx", "int8": "b.onnx", "data": "val", "preset": "imagenet", "scale": "1/255" }""");
        using ProgramRun run = new();

        Assert.Equal((ExitCodes.Done, ""), (run.Run("compare", "--config", file), run.Error));

        Assert.Equal(
            (_folder.File("a.onnx"), _folder.File("b.onnx"), 1 / 255f),
            (run.AskedToCompare!.Fp32Path, run.AskedToCompare.Int8Path, run.AskedToCompare.Pictures.Scale)
        );
        Assert.Equal([file], run.AskedToCompare.ArgumentFiles);
    }

    [Theory]
    [InlineData("{\n\n \"sampels\": 3 }", "line 3: there is no field 'sampels'. Did you mean 'samples'?")]
    [InlineData("{ \"zzzzzzzz\": 3 }", "line 1: there is no field 'zzzzzzzz'. Fields are model, calib,")]
    [InlineData("{ \"samples\":\n \"3\" }", "line 1: 'samples' got \"3\"; expected a whole number without quotes.")]
    [InlineData("{ \"samples\": 0 }", "'samples' got '0'; expected a whole number from 1.")]
    [InlineData("{ \"method\": \"foo\" }", "'method' got 'foo'; expected auto, minmax, percentile, percentile:P with P from 50")]
    [InlineData("{ \"channels\": 3 }", "'channels' got 3; expected one of \"rgb\", \"bgr\" or \"gray\".")]
    [InlineData("{ \"quiet\": \"yes\" }", "'quiet' got \"yes\"; expected true or false.")]
    [InlineData("{ \"calib\": [3] }", "'calib' got an array of other things; expected a text DATA, or an array of them.")]
    [InlineData("{ \"calib\": \"\" }", "'calib' got ''; expected DATA.")]
    [InlineData("{ \"mean\": {} }", "'mean' got an object; expected an array of numbers, or a text A,B,C.")]
    [InlineData("{ \"std\": [1, 0, 1] }", "'std' got '1,0,1'; expected numbers above zero")]
    [InlineData("{ \"labels\": null }", "'labels' got null; expected a text FILE.")]
    [InlineData("{ \"seed\": 1,\n \"seed\": 2 }", "line 2: 'seed' is there twice; say it once.")]
    [InlineData("{ \"config\": \"a.json\" }", "there is no field 'config'.")]
    [InlineData("[]", "line 1: expected an object { } of fields.")]
    [InlineData("{\n \"seed\": }", "line 2: this is no JSON: ")]
    [InlineData("{ \"seed\": 1 } {}", "line 1: this is no JSON: ")]
    [InlineData("{ \"seed\": 1", "line 1: this is no JSON: ")]
    [InlineData("", "line 1: this is no JSON: ")]
    public void What_is_wrong_in_it_is_told_with_its_line_before_the_work(string text, string expected)
    {
        string file = Write(text);
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("m.onnx", "--config", file));

        Assert.StartsWith($"error: The configuration '{file}', line ", run.Error);
        Assert.Contains(expected, run.Error);
        Assert.False(run.PipelineRan);
    }

    [Fact]
    public void A_file_that_is_not_there_is_wrong_usage()
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.WrongUsage, run.Run("m.onnx", "--config", _folder.File("none.json")));

        Assert.Contains("none.json' cannot be read", run.Error);
    }

    [Theory]
    [InlineData("quantize")]
    [InlineData("compare")]
    public void The_published_schema_is_that_of_the_options(string command)
    {
        using ProgramRun run = new();

        Assert.Equal(ExitCodes.Done, run.Run("schema", command));

        PublishedSchema.Equal($"{command}.schema.json", run.Out);
    }

    /// <summary>A value of a field, as JSON and as arguments.</summary>
    private (string Json, string[] Arguments) Example(ConfigurationField field)
    {
        string word = field.Words is [.., var last] ? last : Texts.GetValueOrDefault(field.Name, $"{field.Name}.txt");
        string path = field.In(_folder.Path, word);
        (string json, string? text) = field.Kind switch
        {
            FieldKind.Switch => ("true", null),
            FieldKind.Whole => ("7", "7"),
            FieldKind.Number => ("0.25", "0.25"),
            FieldKind.Numbers => ("[1, 2, 3]", "1,2,3"),
            FieldKind.Texts => ($"[{JsonSerializer.Serialize(word)}]", path),
            _ => (JsonSerializer.Serialize(word), path),
        };
        string[] arguments =
            field.Name == "model" ? [path]
            : text is null ? [$"--{field.Name}"]
            : [$"--{field.Name}", text];
        return ($"\"{field.Name}\": {json}", arguments);
    }

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["report"] = "r.json",
        ["max-size"] = "30%",
        ["method"] = "mse",
        ["size"] = "32x16",
        ["input"] = "sr=16000",
        ["feedback"] = "hn=h0",
    };

    private string Write(string text) => _folder.Write("quantize.json", Encoding.UTF8.GetBytes(text));

    private static QuantizationOptions Ask(params string[] arguments)
    {
        using ProgramRun run = new();
        int code = run.Run(arguments);
        Assert.True(code == ExitCodes.Done, run.Error);
        return run.Asked!;
    }
}
