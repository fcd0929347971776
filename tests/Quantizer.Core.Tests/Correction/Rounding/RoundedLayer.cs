using Quantizer.Core.Tests.Rewriting;
using Quantizer.Core.Tests.Search;
using Quantizer.Correction;
using Quantizer.Correction.Rounding;
using Quantizer.Execution.Pieces;
using Quantizer.Graphs;
using Quantizer.Ranges.Planning;
using Quantizer.Ranges.Selectors;
using Quantizer.Rewriting;
using Quantizer.Samples;

namespace Quantizer.Core.Tests.Correction.Rounding;

/// <summary>A layer of a small network, and what it reads of the network's samples in float.</summary>
internal sealed record RoundedLayer(CorrectedLayer Layer, InputRows Rows)
{
    /// <summary>The layer "h" of a kind, which reads the network's input "x".</summary>
    public static RoundedLayer OfKind(string kind, params long[] size) => Of(StudyOf(kind, size));

    /// <param name="count">Of samples: the fewer, the more places of each are taken.</param>
    public static Study StudyOf(string kind, long[] size, int count = 40) =>
        Study.OfSmooth(
            kind switch
            {
                "convolution" => new GraphBuilder()
                    .Input("x", [1, 8, .. size])
                    .Conv("h", "x", 8, 16)
                    .Conv("y", "h", 16, 16)
                    .Output("y")
                    .Build(),
                "depthwise" => new GraphBuilder()
                    .Input("x", [1, 16, .. size])
                    .Depthwise("h", "x", 16)
                    .Conv("y", "h", 16, 16)
                    .Output("y")
                    .Build(),
                _ => new GraphBuilder().Input("x", [1, 256]).Gemm("h", "x", 256, 128).Gemm("y", "h", 128, 128).Output("y").Build(),
            },
            count
        );

    /// <param name="study">Of a network with the layer "h", which reads the input "x".</param>
    public static RoundedLayer Of(Study study)
    {
        QuantizationPlan plan = study.MinMax.Plan(new MinMaxSelector());
        CorrectedLayer layer = LayerWaves
            .Of(study.Model, plan, TwoStreams.Join(study.Model, GraphRewriter.Rewrite(study.Model, plan))!, rounds: true)
            .SelectMany(wave => wave)
            .Single(layer => layer.Numbers.Tensor == "h_w") with
        {
            Input = "x",
        };
        return new RoundedLayer(layer, RowsOf(layer, study.Model.Graph, study.Samples));
    }

    /// <summary>What a layer reads that reads the network's input.</summary>
    public static InputRows RowsOf(CorrectedLayer layer, Graph graph, IReadOnlyList<Sample> samples) =>
        new(layer, [.. samples.Select(sample => new LiveTensors(graph, sample.Inputs))], new PositionMask?[samples.Count]);

    /// <summary>All rows, each by itself.</summary>
    public float[][] AllRows => [.. Enumerable.Range(0, Rows.PlacesOf.Count).SelectMany(RowsOf)];

    /// <summary>A sample's rows, each by itself.</summary>
    public float[][] RowsOf(int sample)
    {
        float[] rows = new float[Rows.PlacesOf[sample] * Rows.Width];
        Rows.Gather(sample, rows);
        return [.. rows.Chunk(Rows.Width)];
    }

    /// <summary>The mean square of what weights change at the layer's output, by its channel.</summary>
    /// <param name="channels">Of an output channel, as floats.</param>
    public double[] ErrorOf(float[][] channels, float[][] exact)
    {
        float[][] rows = AllRows;
        int each = channels.Length / Layer.Groups,
            width = Layer.GroupWidth;
        return
        [
            .. channels.Select(
                (weights, channel) =>
                {
                    int first = channel / each * width;
                    double[] errors =
                    [
                        .. rows.Select(row =>
                            Enumerable.Range(0, width).Sum(i => (exact[channel][i] - (double)weights[i]) * row[first + i])
                        ),
                    ];
                    // What all places have in common is the bias's.
                    double mean = errors.Average();
                    return errors.Average(error => (error - mean) * (error - mean));
                }
            ),
        ];
    }
}
