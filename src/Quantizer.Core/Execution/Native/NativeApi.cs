using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Quantizer.Execution.Native;

/// <summary>
/// The few functions of ONNX Runtime's C interface that its .NET interface does not offer: registering an operator,
/// reading tensors inside of it, and supplying external data to sessions. They are found by their places in OrtApi
/// (onnxruntime_c_api.h), which never change.
/// </summary>
internal static unsafe partial class NativeApi
{
    private const int CreateStatus = 0;
    private const int GetErrorMessage = 2;
    private const int CreateCustomOpDomain = 26;
    private const int CustomOpDomainAdd = 27;
    private const int AddCustomOpDomain = 28;
    private const int GetTensorMutableData = 51;
    private const int GetDimensionsCount = 61;
    private const int GetDimensions = 62;
    private const int GetSymbolicDimensions = 63;
    private const int GetTensorTypeAndShape = 65;
    private const int KernelInfoGetAttributeInt64 = 86;
    private const int KernelContextGetInput = 90;
    private const int KernelContextGetOutput = 91;
    private const int ReleaseStatus = 93;
    private const int ReleaseTensorTypeAndShapeInfo = 99;
    private const int ShapeInferContextGetInputTypeShape = 268;
    private const int ShapeInferContextSetOutputTypeShape = 270;
    private const int AddExternalInitializersFromFilesInMemory = 279;

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
        fixed (long* target = &value)
            return ((delegate* unmanaged<nint, byte*, long*, nint>)Functions[KernelInfoGetAttributeInt64])(kernelInfo, name, target);
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
        {
            Check(
                ((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Functions[KernelContextGetOutput])(
                    context,
                    0,
                    sizes,
                    (nuint)shape.Length,
                    &value
                )
            );
        }

        return value;
    }

    public static void* Data(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)Functions[GetTensorMutableData])(value, &data));
        return data;
    }

    /// <param name="room">Where the shape goes if it fits, which spares an allocation.</param>
    public static ReadOnlySpan<long> Shape(nint value, Span<long> room)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)Functions[GetTensorTypeAndShape])(value, &info));
        try
        {
            nuint rank;
            Check(((delegate* unmanaged<nint, nuint*, nint>)Functions[GetDimensionsCount])(info, &rank));
            Span<long> shape = (int)rank <= room.Length ? room[..(int)rank] : new long[rank];
            fixed (long* sizes = shape)
                Check(((delegate* unmanaged<nint, long*, nuint, nint>)Functions[GetDimensions])(info, sizes, rank));
            return shape;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Functions[ReleaseTensorTypeAndShapeInfo])(info);
        }
    }

    /// <summary>Gives a session what would be in its model's files of external data.</summary>
    public static void AddExternalData(nint sessionOptions, IReadOnlyList<string> files, nint[] contents, nuint[] lengths)
    {
        nint[] paths =
        [
            .. files.Select(file => OperatingSystem.IsWindows() ? Marshal.StringToCoTaskMemUni(file) : Marshal.StringToCoTaskMemUTF8(file)),
        ];
        try
        {
            fixed (
                nint* path = paths,
                    content = contents
            )
            fixed (nuint* length = lengths)
            {
                Check(
                    ((delegate* unmanaged<nint, nint*, nint*, nuint*, nuint, nint>)Functions[AddExternalInitializersFromFilesInMemory])(
                        sessionOptions,
                        path,
                        content,
                        length,
                        (nuint)paths.Length
                    )
                );
            }
        }
        finally
        {
            foreach (nint path in paths)
                Marshal.FreeCoTaskMem(path);
        }
    }

    /// <summary>
    /// Declares an operator's output to have its input's shape, if every size of that is known or has a symbol. ONNX Runtime
    /// would write an unknown one down as the size -1, which ends the process as soon as a Slice computes with it, and an
    /// unknown rank as rank 0; without a declaration the shape stays unknown, as it is.
    /// </summary>
    public static nint PassShapeOn(nint inferContext)
    {
        nint info;
        nint status = ((delegate* unmanaged<nint, nuint, nint*, nint>)Functions[ShapeInferContextGetInputTypeShape])(
            inferContext,
            0,
            &info
        );
        if (status != 0)
            return status;
        status = HasKnownShape(info, out bool isKnown);
        return status != 0 || !isKnown
            ? status
            : ((delegate* unmanaged<nint, nuint, nint, nint>)Functions[ShapeInferContextSetOutputTypeShape])(inferContext, 0, info);
    }

    /// <summary>Statuses are handed on rather than thrown: ONNX Runtime is the caller.</summary>
    private static nint HasKnownShape(nint info, out bool isKnown)
    {
        isKnown = false;
        nuint rank;
        nint status = ((delegate* unmanaged<nint, nuint*, nint>)Functions[GetDimensionsCount])(info, &rank);
        if (status != 0 || rank == 0)
            return status;
        long[] sizes = new long[rank];
        nint[] symbols = new nint[rank];
        fixed (long* size = sizes)
            status = ((delegate* unmanaged<nint, long*, nuint, nint>)Functions[GetDimensions])(info, size, rank);
        if (status != 0)
            return status;
        fixed (nint* symbol = symbols)
            status = ((delegate* unmanaged<nint, nint*, nuint, nint>)Functions[GetSymbolicDimensions])(info, symbol, rank);
        if (status != 0)
            return status;
        isKnown = true;
        for (int axis = 0; axis < sizes.Length; axis++)
            isKnown &= sizes[axis] >= 0 || (symbols[axis] != 0 && *(byte*)symbols[axis] != 0);
        return status;
    }

    private static void** Find()
    {
        delegate* unmanaged<uint, void**>* getApi = OrtGetApiBase();
        return (*getApi)(CustomOperator.FirstVersion);
    }

    private static void Check(nint status)
    {
        if (status == 0)
            return;
        string message =
            Utf8StringMarshaller.ConvertToManaged(((delegate* unmanaged<nint, byte*>)Functions[GetErrorMessage])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)Functions[ReleaseStatus])(status);
        throw new QuantizationException($"ONNX Runtime failed: {message}");
    }

    /// <summary>OrtApiBase, whose first field is GetApi(version).</summary>
    [LibraryImport("onnxruntime")]
    private static partial delegate* unmanaged<uint, void**>* OrtGetApiBase();
}
