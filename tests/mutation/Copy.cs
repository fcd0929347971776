using System.Diagnostics;
using System.Text.Json;

namespace Quantizer.Mutation;

/// <summary>A copy of the repository in which every removable statement can be switched off.</summary>
internal sealed class Copy
{
    private static readonly string[] BuildOptions =
    [
        "-c",
        "Release",
        "-v",
        "q",
        "-p:TreatWarningsAsErrors=false",
        "-p:RunAnalyzers=false",
        "-p:GenerateProgramFile=false",
    ];

    private readonly string _repository;

    public Copy(string repository, string root)
    {
        (_repository, Root) = (repository, root);
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        foreach (string file in Output("git", ["ls-files", "-co", "--exclude-standard"], repository).Split('\n'))
        {
            if (File.Exists(Path.Combine(repository, file)))
                CopyFile(file, file);
        }

        CopyFile("tests/mutation/Injected/Mutants.cs", "src/Quantizer.Core/Mutants.cs");
    }

    public string Root { get; }

    public string Core => Path.Combine(Root, "src", "Quantizer.Core");

    /// <summary>Builds Quantizer.Core and gives the arguments that its compiler had.</summary>
    public IEnumerable<string> CompilerArguments()
    {
        Output("dotnet", ["build", Core, .. BuildOptions], Root);
        string output = Output(
            "dotnet",
            [
                "build",
                Core,
                .. BuildOptions,
                "--no-restore",
                "-t:Compile",
                "-p:SkipCompilerExecution=true",
                // An output that is never there: otherwise nothing is asked of the compiler for what has just been built.
                "-p:NonExistentFile=none",
                "-p:ProvideCommandLineArgs=true",
                "-getItem:CscCommandLineArgs",
            ],
            Root
        );
        using JsonDocument items = JsonDocument.Parse(output);
        JsonElement arguments = items.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs");
        return [.. arguments.EnumerateArray().Select(argument => argument.GetProperty("Identity").GetString()!)];
    }

    /// <summary>Builds a test project as a program that runs test classes by name, and gives its path.</summary>
    public string BuildTests(string project)
    {
        CopyFile("tests/mutation/Injected/TestHost.cs", $"tests/{project}/TestHost.cs");
        Output("dotnet", ["build", $"tests/{project}", .. BuildOptions], Root);
        return Path.Combine(Root, ".artifacts", "bin", project, "release", $"{project}.dll");
    }

    private void CopyFile(string from, string to)
    {
        string target = Path.Combine(Root, to);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(Path.Combine(_repository, from), target);
    }

    private static string Output(string program, IEnumerable<string> arguments, string folder)
    {
        ProcessStartInfo start = new(program, arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}:\n{output}");
    }
}
