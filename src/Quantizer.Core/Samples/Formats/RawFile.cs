using Microsoft.Win32.SafeHandles;
using Quantizer.Samples.Records;

namespace Quantizer.Samples.Formats;

/// <summary>Values without a header, little-endian and row-major, sample after sample; the user says of which type and shape.</summary>
internal static class RawFile
{
    /// <exception cref="UsageException">Type or shape were not said.</exception>
    /// <exception cref="QuantizationException">The file holds no whole number of samples.</exception>
    public static NpyFile Open(string path, DataRequest request)
    {
        if (request.Options is not { RawType: { } type, RawShape: { } shape })
        {
            throw new UsageException(
                $"The file '{path}' says neither of which type nor of which shape its values are. Give --raw-type and the shape of one sample "
                    + $"as --raw-shape, for example --raw-type float32 --raw-shape 1,40,101."
            );
        }
        SafeFileHandle file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        long bytes = new ArrayHeader(type, shape).DataLength,
            length = RandomAccess.GetLength(file);
        if (bytes > 0 && length > 0 && length % bytes == 0)
            return new NpyFile(path, file, new NpyHeader(type, [length / bytes, .. shape], 0, IsBigEndian: false, IsFortranOrder: false));
        file.Dispose();
        throw new QuantizationException(
            $"The file '{path}' has {length} bytes; a sample of [{string.Join(", ", shape)}] values of {type} has {bytes}, and a whole number "
                + $"of samples was expected. Check --raw-type and --raw-shape."
        );
    }
}
