using System.Diagnostics.CodeAnalysis;
using Quantizer.Placement.Contract;
using Quantizer.Targets.OnnxRuntimeCpu;
using Quantizer.Targets.OnnxRuntimeCpu.Kernels;

namespace Quantizer.Targets;

/// <summary>
/// What a quantized model is made to run on. Each static member is one row of the table that the command line and its help are made
/// from: a new target is a folder beside this file, and a row here.
/// </summary>
public sealed class QuantizationTarget
{
    // Filled by the rows below, in their order.
    private static readonly List<QuantizationTarget> Rows = [];

    private readonly string _meaning;

    private QuantizationTarget(Target target, string meaning) => (Target, _meaning) = (target, meaning);

    /// <summary>ONNX Runtime on x86-64 or ARM64 processors. The default.</summary>
    public static QuantizationTarget OnnxRuntimeCpu { get; } =
        Row(new OnnxRuntimeCpuTarget("ort-cpu", () => PairSums.AreHere), "is ONNX Runtime on processors like this one");

    /// <summary>ONNX Runtime on any x86-64 or ARM64 processor, also on those that add pairs of products in 16 bits.</summary>
    public static QuantizationTarget OnnxRuntimeAnyCpu { get; } =
        Row(
            new OnnxRuntimeCpuTarget("ort-any-cpu", () => true),
            "is the same on any x86-64 or ARM64 processor, also on those without VNNI, whose sums of 16 bits limit weights"
        );

    /// <summary>As on the command line.</summary>
    public string Name => Target.Name;

    /// <summary>The one whose rules hold where nothing is said.</summary>
    internal static QuantizationTarget Default => Rows[0];

    internal static IReadOnlyList<string> Words { get; } = [.. Rows.Select(row => row.Name)];

    /// <summary>"ort-cpu is ONNX Runtime on x86-64 or ARM64 processors (default)."</summary>
    internal static string Explanation { get; } =
        string.Join("; ", Rows.Select(row => $"{row.Name} {row._meaning}{(row == Default ? " (default)" : "")}")) + ".";

    internal Target Target { get; }

    /// <summary>Reads a target's name as the command line does.</summary>
    /// <exception cref="ArgumentException">There is none of that name; the message lists those that there are.</exception>
    public static QuantizationTarget Parse(string name) =>
        TryParse(name, out QuantizationTarget? target)
            ? target
            : throw new ArgumentException($"Target '{name}' is not known; expected one of: {string.Join(", ", Words)}.", nameof(name));

    /// <summary>Reads a target's name as the command line does; false when there is none of that name.</summary>
    public static bool TryParse([NotNullWhen(true)] string? name, [NotNullWhen(true)] out QuantizationTarget? target)
    {
        target = Rows.FirstOrDefault(row => row.Name == name);
        return target is not null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private static QuantizationTarget Row(Target target, string meaning)
    {
        QuantizationTarget row = new(target, meaning);
        Rows.Add(row);
        return row;
    }
}
