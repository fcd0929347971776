using Quantizer.Graphs.Files;

namespace Quantizer.Pipeline.Files;

/// <summary>Every file that a run writes. Whatever forbids one is found before the work, not after it.</summary>
internal sealed class RunOutputs(RunInputs inputs)
{
    private readonly List<(FilePlace Place, string What)> _claimed = [];

    /// <summary>The quantized model, and the file beside it that its weights go to when they are too many for one.</summary>
    /// <exception cref="UsageException">It would replace a file that the run reads, or another output.</exception>
    /// <exception cref="QuantizationException">It cannot be written.</exception>
    public void ClaimModel(string path)
    {
        Claim(path, "output", "-o");
        string weights = path + ".data";
        Claim(weights, "output's weights file", "-o");
    }

    /// <inheritdoc cref="ClaimModel"/>
    public void ClaimReports(IEnumerable<string> paths)
    {
        foreach (string path in paths)
        {
            if (Directory.Exists(path))
            {
                throw new QuantizationException(
                    $"The report '{path}' is a folder; a file was expected. Give one with --report, for example --report "
                        + $"{Path.Combine(path, "report.json")}."
                );
            }

            Claim(path, "report", "--report");
            RequireWritable(path, "report", "--report");
        }
    }

    /// <exception cref="QuantizationException">No file can be made there.</exception>
    public static void RequireWritable(string path, string what, string option)
    {
        // Renaming onto one would replace it by a file.
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw new QuantizationException($"The {what} '{path}' is {kind}; a file was expected. Give another file with {option}.");
        try
        {
            new ReplacingFile(path).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new QuantizationException(
                $"The {what} '{path}' cannot be written: {error.Message} Give a file in a folder that you may write to with {option}.",
                error
            );
        }
    }

    private void Claim(string path, string what, string option)
    {
        FilePlace place = FilePlace.Of(path);
        if (inputs.FindAt(place) is { } read)
        {
            throw new UsageException(
                $"The {what} '{path}' is {read}{Detour(place)}, which this run reads and never changes. Give another file with {option}."
            );
        }

        foreach ((FilePlace other, string whose) in _claimed)
        {
            if (other.IsSameAs(place))
            {
                throw new UsageException(
                    $"The {whose} '{other.Path}' and the {what} '{path}' are one file{Detour(place)}. Give each a name of its own with "
                        + $"{option}."
                );
            }
        }

        _claimed.Add((place, what));
    }

    /// <summary>Why two names that do not look it are one file.</summary>
    private static string Detour(FilePlace place) =>
        RealPath.Comparer.Equals(place.Real, Path.GetFullPath(place.Path)) ? "" : $" (it leads to '{place.Real}')";
}
