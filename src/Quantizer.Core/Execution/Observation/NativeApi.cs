using System.Runtime.InteropServices;
using System.Runtime.InteropServices.Marshalling;

namespace Quantizer.Execution.Observation;

/// <summary>
/// The few functions of ONNX Runtime's C interface that its .NET interface does not offer: registering an operator and
/// reading tensors inside of it. They are found by their places in OrtApi (onnxruntime_c_api.h), which never change.
/// </summary>
internal static unsafe partial class NativeApi
{
    private static readonly void** Functions = Find();

    /// <summary>An OrtStatus that makes the run fail; ONNX Runtime frees it.</summary>
    public static nint CreateFailure(string message)
    {
        const int Fail = 1;
        byte* text = Utf8StringMarshaller.ConvertToUnmanaged(message);
        nint status = ((delegate* unmanaged<int, byte*, nint>)Functions[0])(Fail, text);
        Utf8StringMarshaller.Free(text);
        return status;
    }

    /// <summary>A new operator domain with one operator; both stay for the life of the process.</summary>
    public static nint CreateDomain(byte* name, CustomOperator* op)
    {
        nint domain;
        Check(((delegate* unmanaged<byte*, nint*, nint>)Functions[26])(name, &domain));
        Check(((delegate* unmanaged<nint, CustomOperator*, nint>)Functions[27])(domain, op));
        return domain;
    }

    public static void AddDomain(nint sessionOptions, nint domain) =>
        Check(((delegate* unmanaged<nint, nint, nint>)Functions[28])(sessionOptions, domain));

    public static nint AttributeOf(nint kernelInfo, byte* name, out long value)
    {
        fixed (long* target = &value) return ((delegate* unmanaged<nint, byte*, long*, nint>)Functions[86])(kernelInfo, name, target);
    }

    public static nint Input(nint context)
    {
        nint value;
        Check(((delegate* unmanaged<nint, nuint, nint*, nint>)Functions[90])(context, 0, &value));
        return value;
    }

    public static nint Output(nint context, ReadOnlySpan<long> shape)
    {
        nint value;
        fixed (long* sizes = shape)
            Check(((delegate* unmanaged<nint, nuint, long*, nuint, nint*, nint>)Functions[91])(context, 0, sizes, (nuint)shape.Length, &value));
        return value;
    }

    public static void* Data(nint value)
    {
        void* data;
        Check(((delegate* unmanaged<nint, void**, nint>)Functions[51])(value, &data));
        return data;
    }

    public static long[] Shape(nint value)
    {
        nint info;
        Check(((delegate* unmanaged<nint, nint*, nint>)Functions[65])(value, &info));
        try
        {
            nuint rank;
            Check(((delegate* unmanaged<nint, nuint*, nint>)Functions[61])(info, &rank));
            long[] shape = new long[rank];
            fixed (long* sizes = shape) Check(((delegate* unmanaged<nint, long*, nuint, nint>)Functions[62])(info, sizes, rank));
            return shape;
        }
        finally
        {
            ((delegate* unmanaged<nint, void>)Functions[99])(info);
        }
    }

    /// <summary>Declares an operator's output to have its input's type and shape.</summary>
    public static nint PassShapeOn(nint inferContext)
    {
        nint info;
        nint status = ((delegate* unmanaged<nint, nuint, nint*, nint>)Functions[268])(inferContext, 0, &info);
        return status != 0 ? status : ((delegate* unmanaged<nint, nuint, nint, nint>)Functions[270])(inferContext, 0, info);
    }

    private static void** Find()
    {
        delegate* unmanaged<uint, void**>* getApi = OrtGetApiBase();
        return (*getApi)(CustomOperator.FirstVersion);
    }

    private static void Check(nint status)
    {
        if (status == 0) return;
        string message = Utf8StringMarshaller.ConvertToManaged(((delegate* unmanaged<nint, byte*>)Functions[2])(status)) ?? "";
        ((delegate* unmanaged<nint, void>)Functions[93])(status);
        throw new QuantizationException($"ONNX Runtime failed: {message}");
    }

    /// <summary>OrtApiBase, whose first field is GetApi(version).</summary>
    [LibraryImport("onnxruntime")]
    private static partial delegate* unmanaged<uint, void**>* OrtGetApiBase();
}
