using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Quantizer.Testing;
using static Quantizer.Benchmarks.TaskFigureNames;

namespace Quantizer.Benchmarks;

/// <summary>Another program that judges an INT8 file: it shares no code with this one.</summary>
/// <param name="command">Its command line, to which FP32, INT8, data and flags are added.</param>
internal sealed partial class IndependentJudge(string command)
{
    public Dictionary<string, double> Judge(TaskCase task, string int8, string data)
    {
        string output = Run([
            task.ModelPath,
            int8,
            data,
            .. task.Flags.Replace("{data}", SharedFolder.Data("."), StringComparison.Ordinal).Split(' '),
            .. task.IsByText ? (string[])[] : ["--json"],
        ]);
        return task.IsByText ? OfText(output) : OfJson(output);
    }

    private string Run(IEnumerable<string> arguments)
    {
        string[] words = command.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        ProcessStartInfo start = new(words[0], [.. words.Skip(1), .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException($"'{command}' does not start.");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"'{command}' ended with {process.ExitCode}.");
    }

    private static Dictionary<string, double> OfJson(string text)
    {
        using JsonDocument json = JsonDocument.Parse(text);
        Dictionary<string, double> figures = [];
        void Add(string name, params string[] path)
        {
            JsonElement at = json.RootElement;
            foreach (string part in path)
            {
                if (!at.TryGetProperty(part, out at))
                    return;
            }
            if (at.ValueKind == JsonValueKind.Number)
                figures[name] = at.GetDouble();
        }
        Add(Agreement, "agreement");
        foreach ((string mine, string theirs) in ((string, string)[])[("FP32", "ref"), ("INT8", "test")])
        {
            Add($"{Top1} {mine}", "top1", theirs);
            Add($"{Bits} {mine}", "bitsPerToken", theirs);
            Add($"{MeanIou} {mine}", "meanIou", theirs);
        }
        Add(F1, "detections", "f1Between");
        Add($"{F1Truth} FP32", "detections", "f1Ref");
        Add($"{F1Truth} INT8", "detections", "f1Test");
        Add(Cosine, "embedding", "cosine");
        Add(Neighbour, "embedding", "nearestUnchanged");
        foreach (JsonProperty output in json.RootElement.GetProperty("sqnrDb").EnumerateObject())
        {
            Add(Sqnr(output.Name), "sqnrDb", output.Name, "total");
            Add(Median(output.Name), "sqnrDb", output.Name, "median");
            Add(WorstTenth(output.Name), "sqnrDb", output.Name, "worstTenth");
        }
        return figures;
    }

    private static Dictionary<string, double> OfText(string text)
    {
        Dictionary<string, double> figures = [];
        foreach ((string name, Regex pattern) in ((string, Regex)[])[(Characters, CharactersKept()), (Iou, MaskIou()), (F1, DetectionF1())])
        {
            if (pattern.Match(text) is { Success: true } match)
                figures[name] = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        }
        foreach (Match output in OutputSqnr().Matches(text))
            figures[Sqnr(output.Groups[1].Value)] = double.Parse(output.Groups[2].Value, CultureInfo.InvariantCulture);
        return figures;
    }

    [GeneratedRegex(@"characters kept ([\d.]+)%")]
    private static partial Regex CharactersKept();

    [GeneratedRegex(@"mask IoU ([\d.]+)")]
    private static partial Regex MaskIou();

    [GeneratedRegex(@"\bF1 ([\d.]+)")]
    private static partial Regex DetectionF1();

    [GeneratedRegex(@"^output (.+): SQNR (-?[\d.]+) dB", RegexOptions.Multiline)]
    private static partial Regex OutputSqnr();
}
