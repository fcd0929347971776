namespace Quantizer.Graphs.Files;

/// <summary>A path with every link on its way followed, those of folders too; its end need not exist.</summary>
internal static class RealPath
{
    // As many as Linux itself follows.
    private const int MostLinks = 40;

    private static readonly char[] Separators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    /// <summary>Where upper and lower case are usually the same to the file system, they are here.</summary>
    public static StringComparer Comparer { get; } =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    public static string Of(string path)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        Stack<string> ahead = new(Parts(full[real.Length..]).Reverse());
        int links = 0;
        while (ahead.TryPop(out string? part))
        {
            // Of a link's target only: what lies above is real by now, so the step up is the right one.
            if (part == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }
            string next = Path.Combine(real, part);
            if (part == "." || TargetOf(next) is not { } target)
            {
                real = part == "." ? real : next;
                continue;
            }
            // A chain of links that leads nowhere: nobody can open it, so its spelling does for comparing.
            if (++links > MostLinks)
                return full;
            if (Path.IsPathRooted(target))
                real = Path.GetPathRoot(Path.GetFullPath(target))!;
            string rest = Path.IsPathRooted(target) ? target[Path.GetPathRoot(target)!.Length..] : target;
            foreach (string above in Parts(rest).Reverse())
                ahead.Push(above);
        }
        return Path.TrimEndingDirectorySeparator(real);
    }

    private static IEnumerable<string> Parts(string path) => path.Split(Separators, StringSplitOptions.RemoveEmptyEntries);

    private static string? TargetOf(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
