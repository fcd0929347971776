using System.CommandLine.Parsing;
using Quantizer.Graphs.Files;

namespace Quantizer.Cli.Usage;

/// <summary>Puts the contents of files named by @FILE in their places: lines of arguments, quoted where needed; '#' begins a
/// remark.</summary>
internal sealed class ArgumentFiles
{
    private const char Mark = '@';
    private const char Remark = '#';

    // What stands behind it is no option, and so no file of options either.
    private const string EndOfOptions = "--";

    /// <summary>Nobody writes so many; files that name each other twice would soon reach billions.</summary>
    private const int MostArguments = 100_000,
        MostFiles = 1000;

    private readonly List<string> _arguments = [];
    private readonly List<string> _files = [];
    private readonly Stack<string> _open = [];
    private bool _ended;

    private ArgumentFiles() { }

    /// <summary>The arguments, without any @FILE in front of "--".</summary>
    public IReadOnlyList<string> Arguments => _arguments;

    /// <summary>The files that were read.</summary>
    public IReadOnlyList<string> Files => _files;

    /// <exception cref="UsageException">A file cannot be read, or names itself.</exception>
    public static ArgumentFiles Expand(IEnumerable<string> arguments)
    {
        ArgumentFiles expanded = new();
        foreach (string argument in arguments)
            expanded.Add(argument);
        return expanded;
    }

    private void Add(string argument)
    {
        if (!_ended && argument.Length > 1 && argument[0] == Mark)
        {
            Include(argument[1..]);
            return;
        }
        _ended |= argument == EndOfOptions;
        _arguments.Add(argument);
        if (_arguments.Count > MostArguments)
            throw TooMuch($"more than {MostArguments} arguments");
    }

    private void Include(string path)
    {
        string real = RealPath.Of(path);
        if (_open.Contains(real, RealPath.Comparer))
        {
            throw new UsageException(
                $"The file '{path}' of arguments names itself "
                    + $"({string.Join(" -> ", _open.Reverse().Append(real).Select(Path.GetFileName))}). Remove '{Mark}{path}' from it."
            );
        }

        _files.Add(path);
        if (_files.Count > MostFiles)
            throw TooMuch($"more than {MostFiles} files");
        _open.Push(real);
        foreach (string line in Lines(path))
        {
            foreach (string word in Words(line))
                Add(word);
        }

        _open.Pop();
    }

    private static IEnumerable<string> Words(string line)
    {
        string text = line.Trim();
        return text.Length == 0 || text[0] == Remark ? [] : CommandLineParser.SplitCommandLine(text);
    }

    private static string[] Lines(string path)
    {
        if (FileStatus.SpecialKindOf(path) is { } kind)
            throw Unreadable(path, $"it is {kind}; a text file was expected");
        try
        {
            return File.ReadAllLines(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(path, error.Message.TrimEnd('.'), error);
        }
    }

    private static UsageException Unreadable(string path, string why, Exception? inner = null) =>
        new(
            $"The file '{path}' of arguments cannot be read: {why}. An argument that begins with '{Mark}' names such a file; put "
                + $"'{EndOfOptions}' in front of a model of that name.",
            inner
        );

    private UsageException TooMuch(string what) =>
        new($"The files of arguments, '{_files[0]}' first, amount to {what}. They name each other too often.");
}
