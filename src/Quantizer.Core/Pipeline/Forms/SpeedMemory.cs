using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Quantizer.Execution;
using Quantizer.Execution.Native;
using Quantizer.Graphs;
using Quantizer.Graphs.Files;
using Quantizer.Pipeline.Files;
using Quantizer.Placement.Contract;
using Quantizer.Reporting;

namespace Quantizer.Pipeline.Forms;

/// <summary>
/// Keeps what was decided by measuring, so that a network has the same form in every run on this processor: two measurements never agree
/// to the last node.
/// </summary>
/// <param name="folder">Null: nothing is kept.</param>
internal sealed class SpeedMemory(string? folder)
{
    private const string Settled = "settled";

    /// <summary>What the decision hangs on: the processor, the versions, the model, what of it was to be integers, and the sizes it was
    /// timed at.</summary>
    public static string KeyOf(string modelPath, QuantizedRun run, IReadOnlyDictionary<string, TensorValue> sample)
    {
        IEnumerable<string> parts =
        [
            ToolVersion.Text,
            InferenceModel.RuntimeVersion,
            ProcessorName.Text,
            run.Sites.Target.Name,
            FileHash.Of(modelPath),
            .. sample
                .OrderBy(input => input.Key, StringComparer.Ordinal)
                .Select(input => $"{input.Key} {string.Join(' ', input.Value.Shape)}"),
            .. run.Sites.Nodes.Where(node => node.Form != NodeForm.Float).Select(node => $"{node.Node} {node.Form}"),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
    }

    /// <returns>Null where nothing is kept of it, nothing that can be read, or what a busy machine decided.</returns>
    public SpeedDecision? Recall(string key)
    {
        if (folder is null || !File.Exists(PathOf(key)))
            return null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(PathOf(key)));
            JsonElement root = document.RootElement;
            if (root.TryGetProperty(Settled, out JsonElement settled) && !settled.GetBoolean())
                return null;
            string[] nodes = [.. root.GetProperty("nodes").EnumerateArray().Select(node => node.GetString()).OfType<string>()];
            return new SpeedDecision(
                nodes.Length == 0
                    ? null
                    : new SlowNodesReport(nodes, root.GetProperty("before").GetDouble(), root.GetProperty("after").GetDouble()),
                root.TryGetProperty("unnoticed", out JsonElement unnoticed) ? unnoticed.GetDouble() : null
            );
        }
        catch (Exception error)
            when (error
                    is JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
                        or IOException
                        or UnauthorizedAccessException
            )
        {
            // It is measured again, and written anew.
            return null;
        }
    }

    public void Keep(string key, SpeedDecision decision)
    {
        if (folder is null)
            return;
        try
        {
            Directory.CreateDirectory(folder);
            ReplacingFile.Write(PathOf(key), stream => Write(decision, stream));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be written costs the next run its measurement.
        }
    }

    private string PathOf(string key) => Path.Combine(folder!, key + ".json");

    private static void Write(SpeedDecision decision, Stream stream)
    {
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        if (!decision.IsSettled)
            json.WriteBoolean(Settled, value: false);
        json.WriteStartArray("nodes");
        foreach (string node in decision.SlowNodes?.Nodes ?? [])
            json.WriteStringValue(node);
        json.WriteEndArray();
        if (decision.SlowNodes is { } slow)
        {
            json.WriteNumber("before", slow.Before);
            json.WriteNumber("after", slow.After);
        }
        if (decision.Unnoticed is { } unnoticed)
            json.WriteNumber("unnoticed", unnoticed);
        json.WriteEndObject();
    }
}
