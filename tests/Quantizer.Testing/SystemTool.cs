using System.Diagnostics;

namespace Quantizer.Testing;

/// <summary>Programs of the system that a test asks for their judgement.</summary>
public static class SystemTool
{
    /// <summary>Null where it is not on the path; on Windows none is looked for, since its bash may be that of another system.</summary>
    public static string? Find(string name) =>
        OperatingSystem.IsWindows()
            ? null
            : (Environment.GetEnvironmentVariable("PATH") ?? "")
                .Split(Path.PathSeparator)
                .Select(folder => Path.Combine(folder, name))
                .FirstOrDefault(File.Exists);

    /// <summary>What it printed on both streams; it must succeed.</summary>
    /// <param name="folder">In which it runs; null: this process's.</param>
    public static string Run(string name, IEnumerable<string> arguments, string? folder = null)
    {
        (int code, string text) = Try(name, arguments, folder);
        return code == 0 ? text : throw new InvalidOperationException($"{name} ended with {code}: {text}");
    }

    /// <param name="variables">Of its environment, beside this process's; null removes one.</param>
    public static (int ExitCode, string Text) Try(
        string name,
        IEnumerable<string> arguments,
        string? folder = null,
        IReadOnlyDictionary<string, string?>? variables = null
    )
    {
        ProcessStartInfo start = new(Find(name)!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        foreach ((string variable, string? value) in variables ?? new Dictionary<string, string?>())
            start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
