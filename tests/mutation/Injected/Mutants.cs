namespace Quantizer;

/// <summary>Every statement that can be taken out asks here whether it runs. Compiled into the mutated copy of Quantizer.Core.</summary>
internal static class Mutants
{
    private const int Most = 10_000;

    private static readonly int Removed = int.Parse(Environment.GetEnvironmentVariable("QUANTIZER_MUTANT") ?? "-1");

    private static readonly bool[]? Seen = SeenPath is null ? null : new bool[Most];

    static Mutants()
    {
        // The command line's processes that a test starts.
        if (SeenPath is not null)
            AppDomain.CurrentDomain.ProcessExit += (_, _) => WriteSeen();
    }

    private static string? SeenPath => Environment.GetEnvironmentVariable("QUANTIZER_MUTANTS_SEEN");

    public static bool Runs(int statement)
    {
        if (Seen is not null)
            Seen[statement] = true;
        return statement != Removed;
    }

    /// <summary>Writes which statements were reached since the last call.</summary>
    public static void WriteSeen()
    {
        if (Seen is null)
            return;
        IEnumerable<string> seen = Enumerable.Range(0, Most).Where(statement => Seen[statement]).Select(statement => $"{statement}");
        File.AppendAllLines($"{SeenPath}.{Environment.ProcessId}", seen);
        Array.Clear(Seen);
    }
}
