using System.Text.RegularExpressions;
using Microsoft.ML.OnnxRuntime;

namespace Quantizer.Execution;

/// <summary>Turns what ONNX Runtime throws into messages for users: its words without source paths, and what to do.</summary>
internal static partial class RuntimeErrors
{
    /// <summary>Longer messages repeat whole graphs or call stacks after what matters.</summary>
    private const int LongestMessage = 600;

    public static QuantizationException Opening(string model, OnnxRuntimeException error)
    {
        string words = Readable(error.Message);
        return new QuantizationException($"ONNX Runtime {InferenceModel.RuntimeVersion} cannot open '{model}': {Explained(words)}", error);
    }

    public static QuantizationException Running(string model, OnnxRuntimeException error) =>
        new($"Running '{model}' failed: {Readable(error.Message)}", error);

    /// <summary>The message without error code, the library's source locations, function signatures and call stack.</summary>
    public static string Readable(string message)
    {
        string words = ErrorCode().Replace(message, "");
        words = CallStack().Replace(words, "");
        words = LoadFailed().Replace(words, "");
        words = SourceLocation().Replace(words, "");
        words = FailedNode().Replace(words, "node '${node}' (${op}): ");
        words = Whitespace().Replace(words, " ").Trim();
        return words.Length <= LongestMessage ? words : words[..LongestMessage] + " ...";
    }

    private static string Explained(string words)
    {
        if (UnregisteredFunction().Match(words) is { Success: true } unregistered)
            return Unknown(unregistered.Groups["op"].Value, unregistered.Groups["domain"].Value);
        if (NoOperator().Match(words) is { Success: true } noOperator)
        {
            return $"operator '{noOperator.Groups["op"].Value}' does not exist in the operator set version "
                + $"{noOperator.Groups["version"].Value} that the model imports. Re-export the model with an operator set that has it.";
        }

        if (NoKernel().Match(words) is { Success: true } noKernel)
        {
            return $"it has no CPU implementation of operator '{noKernel.Groups["op"].Value}' version {noKernel.Groups["version"].Value} "
                + $"for the element types of node '{noKernel.Groups["node"].Value}'. Re-export the model with that part in float32 or "
                + $"with another operator.";
        }

        if (NewerOpset().Match(words) is { Success: true } newer)
        {
            return $"it imports version {newer.Groups["found"].Value} of the operator set '{newer.Groups["domain"].Value}', newer than "
                + $"the {newer.Groups["limit"].Value} that it knows. Re-export the model with opset {newer.Groups["limit"].Value} or "
                + $"older.";
        }

        return words;
    }

    private static string Unknown(string op, string domain) =>
        domain.Length == 0 || domain == "ai.onnx"
            ? $"operator '{op}' is not part of the standard operator set. Re-export the model with standard operators."
            : $"operator '{op}' of domain '{domain}' is unknown to it. Operators of custom libraries cannot be run here: re-export the "
                + $"model with standard operators in its place.";

    [GeneratedRegex(@"^\[ErrorCode:\w+\]\s*")]
    private static partial Regex ErrorCode();

    [GeneratedRegex(@"\s*Stacktrace:.*$", RegexOptions.Singleline)]
    private static partial Regex CallStack();

    [GeneratedRegex(
        @"Load model (from .+? )?failed:\s*|Exception during initialization:\s*|Exception caught:\s*|This is an invalid model\.\s*"
    )]
    private static partial Regex LoadFailed();

    /// <summary>A path of ONNX Runtime's sources with a line number, and the function's signature where one follows.</summary>
    [GeneratedRegex(
        @"\S*[/\\]onnxruntime[/\\]\S+\.(cc|h|cpp|hpp):\d+( (?=[\w:<>&*, ]+\()[^\r\n]*?\)( const)?( \[with [^\]]*\])?(?= ))?\s*"
    )]
    private static partial Regex SourceLocation();

    [GeneratedRegex(@"Non-zero status code returned while running (?<op>\w+) node\. Name:'(?<node>[^']*)' Status Message:\s*")]
    private static partial Regex FailedNode();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"(?<domain>[\w.]*):(?<op>\w+)\(-?\d*\) is not a registered function/op")]
    private static partial Regex UnregisteredFunction();

    [GeneratedRegex(@"No Op registered for (?<op>\w+) with domain_version of (?<version>\d+)")]
    private static partial Regex NoOperator();

    [GeneratedRegex(@"Could not find an implementation for (?<op>\w+)\((?<version>\d+)\) node with name '(?<node>[^']*)'")]
    private static partial Regex NoKernel();

    [GeneratedRegex(@"Opset (?<found>\d+) is under development.*domain (?<domain>\S+) is till opset (?<limit>\d+)")]
    private static partial Regex NewerOpset();
}
