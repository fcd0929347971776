using Microsoft.ML.OnnxRuntime;
using Quantizer.Execution.Native;
using Quantizer.Execution.Observation;
using Quantizer.Graphs;
using Quantizer.Graphs.Serialization;

namespace Quantizer.Execution;

/// <summary>A model opened in ONNX Runtime. Any number of threads may call it at once.</summary>
internal sealed class InferenceModel : IDisposable
{
    /// <summary>Bytes. One array holds 2 GB, and a copy of more than half of that is memory that nothing gains from.</summary>
    private const long LargestCopied = 1L << 30;

    private readonly InferenceSession _session;
    private readonly SuppliedWeights? _weights;

    static InferenceModel()
    {
        RuntimeTelemetry.SwitchOff();
        EnvironmentCreationOptions options = new() { logId = "quantize", logLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        OrtEnv.CreateInstanceWithOptions(ref options).DisableTelemetryEvents();
    }

    private InferenceModel(InferenceSession session, string name, SuppliedWeights? weights)
    {
        _session = session;
        _weights = weights;
        Name = name;
        Inputs = [.. session.InputMetadata.Select(input => Signature(input.Key, input.Value))];
        Outputs = [.. session.OutputMetadata.Select(output => Signature(output.Key, output.Value))];
    }

    /// <summary>What messages call the model: its file or graph.</summary>
    public string Name { get; }

    public IReadOnlyList<TensorSignature> Inputs { get; }

    /// <summary>Sequences and maps of numbers are among them as floats of an unknown shape.</summary>
    public IReadOnlyList<TensorSignature> Outputs { get; }

    /// <summary>Whether an output is a tensor, and no sequence or map whose numbers are shown as one.</summary>
    public bool IsTensor(string output) => _session.OutputMetadata[output].IsTensor;

    /// <summary>The version of the ONNX Runtime library in use.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    internal InferenceSession Session => _session;

    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static InferenceModel Load(string path, ExecutionOptions? options = null)
    {
        if (!File.Exists(path))
            throw new QuantizationException($"The model '{path}' does not exist. Check the path.");
        return Open(path, session => new InferenceSession(path, session), options ?? ExecutionOptions.Default);
    }

    /// <param name="model">A serialized model.</param>
    /// <param name="name">What messages call the model.</param>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static InferenceModel Load(byte[] model, string name, ExecutionOptions? options = null) =>
        Open(name, session => new InferenceSession(model, session), options ?? ExecutionOptions.Default);

    /// <summary>
    /// Opens a model for looking at, not for running: its weights are neither copied nor repacked. The model must outlive
    /// what is opened.
    /// </summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    internal static InferenceModel LoadToInspect(OnnxModel model, ExecutionOptions options) =>
        LoadSupplied(model, options with { DisablePrepacking = true });

    /// <summary>
    /// Opens what ONNX Runtime saved of a model that it optimized, perhaps with nodes of <see cref="ObserverOperator"/> in it.
    /// The model must outlive what is opened.
    /// </summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    internal static InferenceModel LoadOptimized(OnnxModel model, ExecutionOptions? options = null) =>
        LoadSupplied(model, (options ?? ExecutionOptions.Default) with { Level = OptimizationLevel.None, Observes = true });

    /// <summary>Opens a model held in memory; it is called by its graph's name in messages. It must outlive what is opened: the weights of
    /// a large one are read where they lie.</summary>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the model; the message gives its words.</exception>
    public static InferenceModel Load(OnnxModel model, ExecutionOptions? options = null) =>
        model.Graph.Initializers.Sum(tensor => (long)tensor.Data.Length) > LargestCopied
            ? LoadSupplied(model, options ?? ExecutionOptions.Default)
            : Load(OnnxFile.ToBytes(model), NameOf(model), options);

    /// <summary>Runs the model. Outputs are copies, in the order asked for (default: all of the model's), sequences, maps and texts as
    /// tensors (<see cref="Containers"/>); absent optionals are left out. A single sample for a model of a
    /// fixed batch fills it up, and has its own row of the outputs.</summary>
    /// <exception cref="QuantizationException">An input does not fit, or the run fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a run in progress stops between two nodes.</exception>
    public IReadOnlyDictionary<string, TensorValue> Run(
        IReadOnlyDictionary<string, TensorValue> inputs,
        IReadOnlyList<string>? outputs = null,
        CancellationToken cancellation = default
    )
    {
        Dictionary<string, TensorValue> results = [];
        OutputVisitor copy = (name, type, shape, data) => results[name] = new TensorValue(type, shape, data.ToArray());
        VisitEach(inputs, outputs ?? [.. Outputs.Select(output => output.Name)], Containers.Show, copy, cancellation);
        return results;
    }

    /// <summary>How many single samples one run takes: more than one where the model has a fixed batch.</summary>
    public int SamplesAtOnce(IReadOnlyDictionary<string, TensorValue> sample) => FixedBatch.MissingFactor(this, sample);

    /// <summary>As <see cref="Run"/> of each of the samples; of a model with a fixed batch as many go into one run as it takes.</summary>
    /// <exception cref="QuantizationException">An input does not fit, or a run fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, TensorValue>> RunEach(
        IReadOnlyList<IReadOnlyDictionary<string, TensorValue>> samples,
        IReadOnlyList<string> outputs,
        CancellationToken cancellation = default
    )
    {
        int factor = samples.Count < 2 ? 1 : SamplesAtOnce(samples[0]);
        if (factor == 1 || !FixedBatch.CanJoin(samples))
            return [.. samples.Select(sample => Run(sample, outputs, cancellation))];
        List<IReadOnlyDictionary<string, TensorValue>> results = [];
        foreach (IReadOnlyDictionary<string, TensorValue>[] some in samples.Chunk(factor))
        {
            IReadOnlyDictionary<string, TensorValue> batch = Run(FixedBatch.Joined(some, factor), outputs, cancellation);
            results.AddRange(
                some.Select((_, row) => batch.ToDictionary(output => output.Key, output => FixedBatch.RowOf(output.Value, row, factor)))
            );
        }
        return results;
    }

    /// <summary>
    /// Runs the model and shows each output's bytes where ONNX Runtime left them, without a copy, valid only during the
    /// call. Outputs that are no dense tensors of fixed-size elements are left out.
    /// </summary>
    /// <exception cref="QuantizationException">An input does not fit, or the run fails.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; a run in progress stops between two nodes.</exception>
    public void Visit(
        IReadOnlyDictionary<string, TensorValue> inputs,
        IReadOnlyList<string> outputs,
        OutputVisitor visitor,
        CancellationToken cancellation = default
    ) => VisitEach(inputs, outputs, (name, value, ofTensor) => NativeTensors.Show(name, value, ofTensor), visitor, cancellation);

    /// <param name="show">Shows an output to the visitor, if it can be shown.</param>
    private void VisitEach(
        IReadOnlyDictionary<string, TensorValue> inputs,
        IReadOnlyList<string> outputs,
        Action<string, OrtValue, OutputVisitor> show,
        OutputVisitor visitor,
        CancellationToken cancellation
    )
    {
        List<OrtValue> values = new(inputs.Count);
        int factor = FixedBatch.MissingFactor(this, inputs);
        inputs = FixedBatch.Filled(inputs, factor);
        visitor = FixedBatch.FirstOf(visitor, factor);
        try
        {
            InputCheck.Fit(this, inputs);
            foreach (TensorValue input in inputs.Values)
                values.Add(NativeTensors.Copy(input));
            using RunOptions options = new();
            using CancellationTokenRegistration stop = cancellation.Register(() => options.Terminate = true);
            using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, [.. inputs.Keys], values, outputs);
            for (int i = 0; i < outputs.Count; i++)
                show(outputs[i], results[i], visitor);
        }
        catch (OnnxRuntimeException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw RuntimeErrors.Running(Name, error);
        }
        finally
        {
            foreach (OrtValue value in values)
                value.Dispose();
        }
    }

    public void Dispose()
    {
        _session.Dispose();
        _weights?.Dispose();
    }

    private static InferenceModel LoadSupplied(OnnxModel model, ExecutionOptions options)
    {
        byte[] bytes = OnnxFile.ToBytes(model, out IReadOnlyDictionary<string, Graphs.Tensor> apart);
        SuppliedWeights weights = new(apart);
        try
        {
            return Open(NameOf(model), session => new InferenceSession(bytes, session), options, weights);
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    private static string NameOf(OnnxModel model) => model.Graph.Name.Length > 0 ? model.Graph.Name : "the model";

    private static InferenceModel Open(
        string name,
        Func<SessionOptions, InferenceSession> open,
        ExecutionOptions options,
        SuppliedWeights? weights = null
    )
    {
        try
        {
            using SessionOptions session = ForSession(options);
            weights?.AddTo(session);
            return new InferenceModel(open(session), name, weights);
        }
        catch (OnnxRuntimeException error)
        {
            throw RuntimeErrors.Opening(name, error);
        }
    }

    private static SessionOptions ForSession(ExecutionOptions options)
    {
        SessionOptions session = new()
        {
            EnableCpuMemArena = !options.DisableArena,
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
        if (options.OptimizedModelPath is { } path)
            session.OptimizedModelFilePath = path;
        if (options.OptimizedWeightsName is { } weights)
        {
            session.AddSessionConfigEntry("session.optimized_model_external_initializers_file_name", weights);
            session.AddSessionConfigEntry("session.optimized_model_external_initializers_min_size_in_bytes", "1024");
        }
        if (options.ExternalDataFolder is { } folder)
            session.AddSessionConfigEntry("session.model_external_initializers_file_folder_path", folder);
        if (options.ProfilePrefix is { } profile)
        {
            // In this order: profiling starts with the prefix of the moment, whose default is the user's working folder.
            session.ProfileOutputPathPrefix = profile;
            session.EnableProfiling = true;
        }
        if (options.Observes)
            ObserverOperator.AddTo(session);
        if (options.DisablePrepacking)
            session.AddSessionConfigEntry("session.disable_prepacking", "1");
        foreach ((string symbol, long size) in options.FreeDimensions)
            session.AddFreeDimensionOverrideByName(symbol, size);
        return session;
    }

    private static TensorSignature Signature(string name, NodeMetadata metadata)
    {
        if (!metadata.IsTensor)
            return new TensorSignature(name, Containers.HoldNumbers(metadata) ? ElementType.Float : ElementType.Undefined, null);
        int[] sizes = metadata.Dimensions;
        string[] symbols = metadata.SymbolicDimensions;
        Dimension[] shape =
        [
            .. sizes.Select(
                (size, axis) => size >= 0 ? new Dimension(size) : new Dimension(null, symbols[axis].Length > 0 ? symbols[axis] : null)
            ),
        ];
        return new TensorSignature(name, (ElementType)metadata.ElementDataType, shape);
    }
}
