using System.Diagnostics;
using System.Globalization;

namespace Quantizer.Mutation;

/// <summary>A built test project.</summary>
/// <param name="path">Its program, whose main is Injected/TestHost.cs.</param>
/// <param name="scratch">Folder for what its tests leave behind.</param>
internal sealed class TestProgram(string path, string scratch)
{
    /// <summary>
    /// The first look at the repository and at folders that the copy does not have, the others start processes, watch clocks and
    /// measure memory: they are slow, and would fail for other reasons than a statement that is missing.
    /// </summary>
    private static readonly string[] LeftOut =
    [
        ".Architecture.",
        ".Documentation.",
        ".RealModel",
        ".Determinism.",
        ".Footprint.",
        ".SignalTests",
        ".Streams.",
    ];

    private readonly List<TestClass> _classes = [];
    private readonly Dictionary<int, List<TestClass>> _reaching = [];

    /// <summary>Runs every class once, alone, and notes its time and what it reaches.</summary>
    /// <returns>The classes that do not pass although nothing is removed; they are left out.</returns>
    public IReadOnlyList<string> Explore()
    {
        string seen = Path.Combine(scratch, "seen");
        Directory.CreateDirectory(seen);
        TestClass[] all = [.. Run([], []).Select(line => new TestClass(line[1], 0)).Where(test => !LeftOut.Any(test.Name.Contains))];
        List<string> broken = [];
        foreach (string[] line in Run(all.Select(test => test with { Milliseconds = 60_000 }), new() { ["QUANTIZER_MUTANTS_SEEN"] = seen }))
        {
            TestClass test = new(line[1], int.Parse(line[3], CultureInfo.InvariantCulture));
            if (line[2] == "passed")
                _classes.Add(test);
            else
                broken.Add(test.Name);
        }

        foreach (TestClass test in _classes.OrderBy(test => test.Milliseconds))
        {
            foreach (int number in Directory.GetFiles(seen, $"{test.Name}.*").SelectMany(File.ReadLines).Select(int.Parse).Distinct())
            {
                if (!_reaching.TryGetValue(number, out List<TestClass>? reaching))
                    _reaching.Add(number, reaching = []);
                reaching.Add(test);
            }
        }

        return broken;
    }

    public override string ToString() =>
        $"{Path.GetFileNameWithoutExtension(path)}: {_classes.Count} classes, {_classes.Sum(test => test.Milliseconds) / 1000} s";

    public bool Reaches(Mutant mutant) => _reaching.ContainsKey(mutant.Number);

    /// <summary>Runs what reaches the statement without it, the fastest class first.</summary>
    /// <returns>The first class that does not pass; null when all do.</returns>
    public string? NoticedBy(Mutant mutant)
    {
        if (!_reaching.TryGetValue(mutant.Number, out List<TestClass>? reaching))
            return null;
        int passed = 0;
        foreach (string[] line in Run(reaching, new() { ["QUANTIZER_MUTANT"] = $"{mutant.Number}" }))
        {
            if (line[2] != "passed")
                return $"{line[1]} {line[2]}";
            passed++;
        }

        // The process ended by itself: a stack overflow, a crash, a kill for its memory.
        return passed == reaching.Count ? null : $"{reaching[passed].Name} crashed";
    }

    private IEnumerable<string[]> Run(IEnumerable<TestClass> tests, Dictionary<string, string> environment)
    {
        string temporary = Path.Combine(scratch, "tmp");
        Directory.CreateDirectory(temporary);
        ProcessStartInfo start = new("dotnet", [path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(path),
        };
        start.Environment["TMPDIR"] = temporary;
        // A loop that no longer ends must not take the whole machine.
        start.Environment["DOTNET_GCHeapHardLimit"] = "0x100000000";
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        try
        {
            process.ErrorDataReceived += (_, _) => { };
            process.BeginErrorReadLine();
            foreach (TestClass test in tests)
                process.StandardInput.WriteLine($"{test.Name}\t{test.AllowedMilliseconds}");
            process.StandardInput.Close();
            while (process.StandardOutput.ReadLine() is { } line)
            {
                if (line.Split('\t') is ["HOST", _, _, _] words)
                    yield return words;
            }
        }
        finally
        {
            // With the programs that a test started, where it did not end.
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            Directory.Delete(temporary, recursive: true);
        }
    }
}
