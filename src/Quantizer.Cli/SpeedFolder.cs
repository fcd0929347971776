namespace Quantizer.Cli;

/// <summary>Where it is kept what was measured of the speed of networks.</summary>
internal static class SpeedFolder
{
    /// <summary>In the user's caches, where each system has them; null where there is no place for them.</summary>
    public static string? Default
    {
        get
        {
            string? caches =
                OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : OperatingSystem.IsMacOS() ? InHome("Library/Caches")
                : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } chosen ? chosen
                : InHome(".cache");
            return string.IsNullOrEmpty(caches) ? null : Path.Combine(caches, "quantize", "speed");
        }
    }

    private static string? InHome(string folder) =>
        Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, folder) : null;
}
