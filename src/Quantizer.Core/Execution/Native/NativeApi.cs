using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Quantizer.Execution.Native;

/// <summary>
/// The few functions of ONNX Runtime's C interface that its .NET interface does not offer: registering an operator,
/// reading tensors inside of it, and supplying initializers to the optimizer. They are found by their places in OrtApi
/// (onnxruntime_c_api.h), which never change.
/// </summary>
internal static unsafe partial class NativeApi
{
    private const int CreateStatus = 0;
    private const int GetErrorMessage = 2;
    private const int CreateCustomOpDomain = 26;
    private const int CustomOpDomainAdd = 27;
    private const int AddCustomOpDomain = 28;
    private const int CreateTensorWithDataAsOrtValue = 49;
    private const int GetTensorMutableData = 51;
    private const int GetDimensionsCount = 61;
    private const int GetDimensions = 62;
    private const int GetTensorTypeAndShape = 65;
    private const int CreateCpuMemoryInfo = 69;
    private const int KernelInfoGetAttributeInt64 = 86;
    private const int KernelContextGetInput = 90;
    private const int KernelContextGetOutput = 91;
    private const int ReleaseStatus = 93;
    private const int ReleaseMemoryInfo = 94;
    private const int ReleaseOrtValue = 96;
    private const int ReleaseTensorTypeAndShapeInfo = 99;
    private const int AddExternalInitializers = 210;
    private const int ShapeInferContextGetInputTypeShape = 268;
    private const int ShapeInferContextSetOutputTypeShape = 270;

    private static readonly void** Functions = Find();

    /// <summary>An OrtStatus that makes the run fail; ONNX Runtime frees it.</summary>
    public static nint CreateFailure(string message)
    {
        const int Fail = 1;
        byte* text = Utf8StringMarshaller.ConvertToUnmanaged(message);
        nint status = ((delegate* unmanaged<int, byte*, nint>)Functions[CreateStatus])(Fail, text);
        Utf8StringMarshaller.Free(text);
        return status;
    }

    /// <summary>A new operator domain with one operator; both stay for the life of the process.</summary>
    public static nint CreateDomain(byte* name, CustomOperator* op)
    {
        nint domain;
        Check(((delegate* unmanaged<byte*, nint*, nint>)Functions[CreateCustomOpDomain])(name, &domain));
        Check(((delegate* unmanaged<nint, CustomOperator*, nint>)Functions[CustomOpDomainAdd])(domain, op));
        return domain;
    }

    public static void AddDomain(nint sessionOptions, nint domain) =>
        Check(((delegate* unmanaged<nint, nint, nint>)Functions[AddCustomOpDomain])(sessionOptions, domain));

    public static nint AttributeOf(nint kernelInfo, byte* name, out long value)
    {
        fixed (long* target = &value) return ((delegate* unmanaged<nint, byte*, long*, nint>)Functions[KernelInfoGetAttributeInt64])(kernelInfo, name, target);
    }

    public static nint Input(nint context)
    {
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)Functions[KernelContextGetInput])(context, 0, &value));
        return value;
    }

    public static nint Output(nint context, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* sizes = shape)
            Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Functions[KernelContextGetOutput])(context, 0, sizes, (nuint)shape.Length, &value));
        return value;
    }

    public static void* Data(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)Functions[GetTensorMutableData])(value, &data));
        return data;
    }

    public static long[] Shape(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)Functions[GetTensorTypeAndShape])(value, &info));
        try
        {
            nuint rank;
            Check(((delegate* unmanaged<nint, nuint*, nint>)Functions[GetDimensionsCount])(info, &rank));
            long[] shape = new long[rank];
            fixed (long* sizes = shape) Check(((delegate* unmanaged<nint, long*, nuint, nint>)Functions[GetDimensions])(info, sizes, rank));
            return shape;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Functions[ReleaseTensorTypeAndShapeInfo])(info);
        }
    }

    /// <summary>A tensor over memory that must outlive it.</summary>
    /// <param name="type">An element type's number in ONNX, which is ONNX Runtime's too.</param>
    public static nint CreateValue(void* data, nuint length, ReadOnlySpan<long> shape, int type)
    {
        const int ArenaAllocator = 1;
        const int DefaultMemory = 0;
        nint memory;
        Check(((delegate* unmanaged<int, int, nint*, nint>)Functions[CreateCpuMemoryInfo])(ArenaAllocator, DefaultMemory, &memory));
        try
        {
            nint value;
            fixed (long* sizes = shape)
                Check(((delegate* unmanaged<nint, void*, nuint, long*, nuint, int, nint*, nint>)Functions[CreateTensorWithDataAsOrtValue])(memory, data, length, sizes, (nuint)shape.Length, type, &value));
            return value;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Functions[ReleaseMemoryInfo])(memory);
        }
    }

    public static void ReleaseValue(nint value) => ((delegate* unmanaged<nint, void>)Functions[ReleaseOrtValue])(value);

    /// <summary>Gives a session the contents of initializers that the model declares as external data.</summary>
    public static void AddInitializers(nint sessionOptions, IReadOnlyList<string> names, IReadOnlyList<nint> values)
    {
        nint[] texts = [.. names.Select(name => (nint)Utf8StringMarshaller.ConvertToUnmanaged(name))];
        fixed (nint* first = texts, firstValue = values.ToArray())
            Check(((delegate* unmanaged<nint, nint*, nint*, nuint, nint>)Functions[AddExternalInitializers])(sessionOptions, first, firstValue, (nuint)texts.Length));
        foreach (nint text in texts) Utf8StringMarshaller.Free((byte*)text);
    }

    /// <summary>Declares an operator's output to have its input's type and shape.</summary>
    public static nint PassShapeOn(nint inferContext)
    {
        nint info;
        nint status = ((delegate* unmanaged<nint, nuint, nint*, nint>)Functions[ShapeInferContextGetInputTypeShape])(inferContext, 0, &info);
        return status != 0 ? status : ((delegate* unmanaged<nint, nuint, nint, nint>)Functions[ShapeInferContextSetOutputTypeShape])(inferContext, 0, info);
    }

    private static void** Find()
    {
        delegate* unmanaged<uint, void**>* getApi = OrtGetApiBase();
        return (*getApi)(CustomOperator.FirstVersion);
    }

    private static void Check(nint status)
    {
        if (status == 0) return;
        string message = Utf8StringMarshaller.ConvertToManaged(((delegate* unmanaged<nint, byte*>)Functions[GetErrorMessage])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)Functions[ReleaseStatus])(status);
        throw new QuantizationException($"ONNX Runtime failed: {message}");
    }

    /// <summary>OrtApiBase, whose first field is GetApi(version).</summary>
    [LibraryImport("onnxruntime")]
    private static partial delegate* unmanaged<uint, void**>* OrtGetApiBase();
}
