using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Quantizer.Execution.Native;
using Quantizer.Graphs;

namespace Quantizer.Execution.Observation;

/// <summary>
/// An operator that passes a float tensor on unchanged, without a copy, and shows it to whoever observes the run. Other
/// than as outputs of the graph, observed tensors live no longer than in a plain run: their memory is used again at
/// once, and they are seen while they are still in the processor's caches.
/// </summary>
internal static unsafe class ObserverOperator
{
    private const nint Success = 0;
    private const int Float = 1;
    private const int RequiredTensor = 0;
    private const int DefaultMemory = 0;
    private const int Version = 1;

    /// <summary>Tensors of more dimensions are rare.</summary>
    private const int UsualRank = 8;

    private const string Domain = "quantizer.observation";
    private const string OpType = "Observe";
    private const string IndexAttribute = "index";

    // Read by ONNX Runtime as long as sessions live, so never freed.
    private static readonly Lazy<nint> NativeDomain = new(CreateNativeDomain);

    [ThreadStatic]
    private static TensorObserver? _observer;

    [ThreadStatic]
    private static ExceptionDispatchInfo? _failure;

    /// <summary>What a model with such nodes must import.</summary>
    public static OperatorSet OperatorSet => new(Domain, Version);

    /// <param name="index">What the observer is told.</param>
    /// <param name="input">The tensor to observe.</param>
    /// <param name="output">The same tensor, for those that read it.</param>
    public static Node Node(int index, string input, string output) =>
        new(OpType, [input], [output], output, Domain) { Attributes = [NodeAttribute.Of(IndexAttribute, (long)index)] };

    /// <summary>Makes the operator known to the sessions opened with the options.</summary>
    public static void AddTo(SessionOptions options) => NativeApi.AddDomain(options.DangerousGetHandle(), NativeDomain.Value);

    /// <summary>Runs a model that uses one thread, the caller's, and shows what its observing nodes see.</summary>
    /// <remarks>An exception of the observer ends the run and is thrown again.</remarks>
    public static void Run(TensorObserver observer, Action run)
    {
        _observer = observer;
        _failure = null;
        try
        {
            run();
        }
        catch when (_failure is not null)
        {
            _failure.Throw();
        }
        finally
        {
            _observer = null;
            _failure = null;
        }
    }

    private static nint CreateNativeDomain()
    {
        CustomOperator* op = (CustomOperator*)NativeMemory.AllocZeroed((nuint)sizeof(CustomOperator));
        op->Version = CustomOperator.FirstVersion;
        op->GetName = &GetName;
        op->GetExecutionProviderType = &GetExecutionProviderType;
        op->GetInputType = &GetTensorType;
        op->GetInputTypeCount = &GetOne;
        op->GetOutputType = &GetTensorType;
        op->GetOutputTypeCount = &GetOne;
        op->KernelDestroy = &KernelDestroy;
        op->GetInputCharacteristic = &GetCharacteristic;
        op->GetOutputCharacteristic = &GetCharacteristic;
        op->GetInputMemoryType = &GetMemoryType;
        op->CreateKernelV2 = &CreateKernel;
        op->KernelComputeV2 = &Compute;
        op->InferOutputShape = &InferOutputShape;
        op->GetStartVersion = &GetVersion;
        op->GetEndVersion = &GetVersion;
        op->GetAliasMap = &GetAliasMap;
        op->ReleaseAliasMap = &ReleaseAliasMap;
        return NativeApi.CreateDomain(Terminated("quantizer.observation"u8), op);
    }

    [UnmanagedCallersOnly]
    private static byte* GetName(CustomOperator* op) => Terminated("Observe"u8);

    /// <summary>None named: the processor.</summary>
    [UnmanagedCallersOnly]
    private static byte* GetExecutionProviderType(CustomOperator* op) => null;

    [UnmanagedCallersOnly]
    private static int GetTensorType(CustomOperator* op, nuint index) => Float;

    [UnmanagedCallersOnly]
    private static nuint GetOne(CustomOperator* op) => 1;

    [UnmanagedCallersOnly]
    private static int GetCharacteristic(CustomOperator* op, nuint index) => RequiredTensor;

    [UnmanagedCallersOnly]
    private static int GetMemoryType(CustomOperator* op, nuint index) => DefaultMemory;

    [UnmanagedCallersOnly]
    private static int GetVersion(CustomOperator* op) => Version;

    [UnmanagedCallersOnly]
    private static nint InferOutputShape(CustomOperator* op, nint context) => NativeApi.PassShapeOn(context);

    /// <summary>The output is the input. ONNX Runtime gives the arrays back to <see cref="ReleaseAliasMap"/>.</summary>
    [UnmanagedCallersOnly]
    private static nuint GetAliasMap(int** inputs, int** outputs)
    {
        *inputs = (int*)NativeMemory.AllocZeroed(sizeof(int));
        *outputs = (int*)NativeMemory.AllocZeroed(sizeof(int));
        return 1;
    }

    [UnmanagedCallersOnly]
    private static void ReleaseAliasMap(int* inputs, int* outputs)
    {
        NativeMemory.Free(inputs);
        NativeMemory.Free(outputs);
    }

    /// <summary>A kernel is no more than the index that its node was made with, plus one: null means that there is none.</summary>
    [UnmanagedCallersOnly]
    private static nint CreateKernel(CustomOperator* op, nint api, nint info, nint* kernel)
    {
        nint status = NativeApi.AttributeOf(info, Terminated("index"u8), out long index);
        *kernel = (nint)index + 1;
        return status;
    }

    [UnmanagedCallersOnly]
    private static void KernelDestroy(nint kernel) { }

    [UnmanagedCallersOnly]
    private static nint Compute(nint kernel, nint context)
    {
        try
        {
            nint input = NativeApi.Input(context);
            ReadOnlySpan<long> shape = NativeApi.Shape(input, stackalloc long[UsualRank]);
            ReadOnlySpan<float> values = new(NativeApi.Data(input), Length(shape));
            _observer?.Invoke((int)kernel - 1, shape, values);
            PassOn(values, NativeApi.Data(NativeApi.Output(context, shape)));
            return Success;
        }
        catch (Exception error)
        {
            // No exception may leave for native code: the one who called the run throws it again.
            _failure = ExceptionDispatchInfo.Capture(error);
            return NativeApi.CreateFailure(error.Message);
        }
    }

    /// <summary>Copies where ONNX Runtime did not take the alias, as for outputs of the graph.</summary>
    private static void PassOn(ReadOnlySpan<float> values, void* target)
    {
        fixed (float* source = values)
        {
            if (source != target)
                values.CopyTo(new Span<float>(target, values.Length));
        }
    }

    private static int Length(ReadOnlySpan<long> shape)
    {
        long length = 1;
        foreach (long size in shape)
            length *= size;
        return checked((int)length);
    }

    /// <summary>A literal's bytes; the compiler puts a zero behind them and they never move.</summary>
    private static byte* Terminated(ReadOnlySpan<byte> literal) => (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(literal));
}
