namespace Quantizer.Cli.Terminals;

/// <summary>What the environment asks of what is printed: NO_COLOR, CLICOLOR and CLICOLOR_FORCE (bixense.com/clicolors), TERM=dumb, and CI,
/// where nobody watches a line move.</summary>
/// <param name="variable">Its value in the environment.</param>
internal sealed class TerminalWishes(Func<string, string?> variable)
{
    private bool IsDumb => variable("TERM") == "dumb";

    /// <param name="isRedirected">Into a file or another program.</param>
    public bool WantsColor(bool isRedirected)
    {
        if (IsSet("NO_COLOR"))
            return false;
        if (IsSet("CLICOLOR_FORCE") && variable("CLICOLOR_FORCE") != "0")
            return true;
        return !isRedirected && !IsDumb && !IsSet("CI") && variable("CLICOLOR") != "0";
    }

    /// <param name="isRedirected">Into a file or another program.</param>
    public bool WantsLiveProgress(bool isRedirected) => !isRedirected && !IsDumb && !IsSet("CI");

    /// <summary>As far as the environment tells.</summary>
    public bool TakesUnicode => !IsDumb;

    private bool IsSet(string name) => !string.IsNullOrEmpty(variable(name));
}
