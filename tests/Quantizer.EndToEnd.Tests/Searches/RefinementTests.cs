using System.Text.Json;
using Quantizer.EndToEnd.Tests.Inputs;
using Quantizer.EndToEnd.Tests.Programs;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;
using Quantizer.Testing;

namespace Quantizer.EndToEnd.Tests.Searches;

/// <summary>What the search finds is what is written and told.</summary>
public sealed class RefinementTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _model;
    private readonly string _data;

    public RefinementTests()
    {
        _model = _workspace.Write("model.onnx", OutlierNetwork.Build());
        _data = _workspace.WriteRandom(
            "data.npz",
            "x",
            [OutlierNetwork.Samples, OutlierNetwork.Width],
            values => OutlierNetwork.EditSample(0, values)
        );
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public void A_default_run_writes_ranges_that_no_single_selector_has()
    {
        JsonElement report = Quantize();

        Assert.Equal("percentile:99.99", MethodOf(report, "x"));
        Assert.NotEqual("percentile:99.99", MethodOf(report, OutlierNetwork.Hidden));
        using OnnxModel written = OnnxFile.Read(_workspace.PathOf("out.onnx"));
        foreach (string tensor in new[] { "x", OutlierNetwork.Hidden })
            Assert.Equal(Tensor(report, tensor).GetProperty("scale")[0].GetSingle(), Scale(written, tensor));
    }

    [Fact]
    public void A_default_run_is_better_than_every_selector()
    {
        double refined = SqnrDb(Quantize());

        foreach (string method in new[] { "minmax", "mse", "entropy", "percentile:99.999", "percentile:99.99" })
            Assert.True(refined > SqnrDb(Run("--no-floor", "--method", method).Json()) + 1, method);
    }

    [Fact]
    public void The_time_of_the_search_is_told_apart_from_rewriting()
    {
        JsonElement searched = Quantize().GetProperty("timing");

        double search = searched.GetProperty("searchMs").GetDouble(),
            rewrite = searched.GetProperty("rewriteMs").GetDouble();
        Assert.True(search > 0 && rewrite > 0);
        Assert.True(search + rewrite < searched.GetProperty("totalMs").GetDouble());
        // Opening and running some twenty models takes longer than writing one.
        Assert.True(search > rewrite, $"{search} and {rewrite} ms");
    }

    private JsonElement Quantize(params string[] options) => Run(options).MustSucceed().Json();

    private ProgramResult Run(params string[] options) =>
        CommandLine.Run([_model, "--calib", _data, "-o", _workspace.PathOf("out.onnx"), "--json", .. options]);

    private static double SqnrDb(JsonElement report) => report.GetProperty("outputs")[0].GetProperty("sqnrDb").GetDouble();

    private static string? MethodOf(JsonElement report, string tensor) => Tensor(report, tensor).GetProperty("method").GetString();

    private static JsonElement Tensor(JsonElement report, string name) =>
        report.GetProperty("tensors").EnumerateArray().Single(tensor => tensor.GetProperty("name").GetString() == name);

    private static float Scale(OnnxModel model, string tensor) =>
        model.Graph.Initializers.Single(constant => constant.Name == $"{tensor}_scale").Values<float>()[0];
}
