namespace Quantizer.Reporting;

/// <summary>Writes a report to disk so that the file is the old one or the new one, never half of either.</summary>
public static class ReportFile
{
    /// <summary>Writes beside the target first, then renames over it.</summary>
    /// <exception cref="QuantizationException">The extension is none of <see cref="ReportWriters.Extensions"/>, or the file cannot be written.</exception>
    public static void Write(QuantizationReport report, string path)
    {
        IReportWriter writer = ReportWriters.ForPath(path) ?? throw new QuantizationException(
            $"Report '{path}': the extension '{Path.GetExtension(path)}' names no format; expected {string.Join(", ", ReportWriters.Extensions)}.");
        string temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (FileStream stream = new(temporary, FileMode.CreateNew, FileAccess.Write))
            {
                writer.Write(report, stream);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException($"Report '{path}' could not be written: {exception.Message} The quantized model is not affected.", exception);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }
}
