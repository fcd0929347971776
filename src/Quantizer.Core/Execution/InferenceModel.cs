using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Quantizer.Graphs;

namespace Quantizer.Execution;

/// <summary>A model opened in ONNX Runtime. Any number of threads may call <see cref="Run"/> at once.</summary>
public sealed class InferenceModel : IDisposable
{
    private readonly InferenceSession _session;

    private InferenceModel(InferenceSession session)
    {
        _session = session;
        Inputs = [.. session.InputMetadata.Select(input => Signature(input.Key, input.Value))];
        Outputs = [.. session.OutputMetadata.Select(output => Signature(output.Key, output.Value))];
    }

    public IReadOnlyList<TensorSignature> Inputs { get; }

    public IReadOnlyList<TensorSignature> Outputs { get; }

    /// <summary>The version of the ONNX Runtime library in use.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static InferenceModel Load(string path, ExecutionOptions? options = null) =>
        Open(path, session => new InferenceSession(path, session), options ?? ExecutionOptions.Default);

    /// <param name="model">A serialized model.</param>
    /// <param name="name">What messages call the model.</param>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static InferenceModel Load(byte[] model, string name, ExecutionOptions? options = null) =>
        Open(name, session => new InferenceSession(model, session), options ?? ExecutionOptions.Default);

    /// <summary>Runs the model. Outputs are copies, in the order asked for (default: all of the model's).</summary>
    /// <exception cref="QuantizationException">An input does not fit, or the run fails.</exception>
    public IReadOnlyDictionary<string, TensorValue> Run(IReadOnlyDictionary<string, TensorValue> inputs, IReadOnlyList<string>? outputs = null)
    {
        Dictionary<string, TensorValue> results = [];
        Visit(inputs, outputs ?? [.. Outputs.Select(output => output.Name)], (name, type, shape, data) => results[name] = new TensorValue(type, shape, data.ToArray()));
        return results;
    }

    /// <summary>Runs the model and shows each output's bytes where ONNX Runtime left them, without a copy, valid only during the call.</summary>
    /// <exception cref="QuantizationException">An input does not fit, or the run fails.</exception>
    public void Visit(IReadOnlyDictionary<string, TensorValue> inputs, IReadOnlyList<string> outputs, OutputVisitor visitor)
    {
        List<OrtValue> values = new(inputs.Count);
        try
        {
            foreach (TensorValue input in inputs.Values) values.Add(ToOrtValue(input));
            using RunOptions options = new();
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, [.. inputs.Keys], values, outputs);
            for (int i = 0; i < outputs.Count; i++)
            {
                if (!results[i].IsTensor) continue;
                OrtTensorTypeAndShapeInfo info = results[i].GetTensorTypeAndShape();
                if (info.ElementDataType == TensorElementType.String) continue;
                visitor(outputs[i], (ElementType)info.ElementDataType, info.Shape, results[i].GetTensorDataAsSpan<byte>());
            }
        }
        catch (OnnxRuntimeException error)
        {
            throw new QuantizationException($"Running the model failed: {error.Message}", error);
        }
        finally
        {
            foreach (OrtValue value in values) value.Dispose();
        }
    }

    public void Dispose() => _session.Dispose();

    private static OrtValue ToOrtValue(TensorValue value)
    {
        OrtValue result = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, (TensorElementType)value.Type, [.. value.Shape]);
        value.Data.Span.CopyTo(result.GetTensorMutableRawData());
        return result;
    }

    private static InferenceModel Open(string name, Func<SessionOptions, InferenceSession> open, ExecutionOptions options)
    {
        using SessionOptions session = new()
        {
            IntraOpNumThreads = options.Threads,
            InterOpNumThreads = 1,
            GraphOptimizationLevel = options.Level switch
            {
                OptimizationLevel.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
                OptimizationLevel.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
                OptimizationLevel.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
                _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
            },
            // Warnings on standard error would mix with the report; failures arrive as exceptions.
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        if (options.OptimizedModelPath is { } path) session.OptimizedModelFilePath = path;
        if (options.ExternalDataFolder is { } folder) session.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        if (options.DisablePrepacking) session.AddSessionConfigEntry("session.disable_prepacking", "1");
        foreach ((string symbol, long size) in options.FreeDimensions) session.AddFreeDimensionOverrideByName(symbol, size);
        try
        {
            return new InferenceModel(open(session));
        }
        catch (OnnxRuntimeException error)
        {
            throw new QuantizationException($"ONNX Runtime {RuntimeVersion} cannot open '{name}': {error.Message}", error);
        }
    }

    private static TensorSignature Signature(string name, NodeMetadata metadata)
    {
        if (!metadata.IsTensor) return new TensorSignature(name, ElementType.Undefined, null);
        int[] sizes = metadata.Dimensions;
        string[] symbols = metadata.SymbolicDimensions;
        Dimension[] shape = [.. sizes.Select((size, axis) => size >= 0 ? new Dimension(size) : new Dimension(null, symbols[axis].Length > 0 ? symbols[axis] : null))];
        return new TensorSignature(name, (ElementType)metadata.ElementDataType, shape);
    }
}
