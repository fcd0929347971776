using System.Diagnostics;
using System.Globalization;
using Microsoft.CodeAnalysis;
using Quantizer.Mutation;

const double Least = 80;
string[] projects = ["Quantizer.Core.Tests", "Quantizer.Cli.Tests", "Quantizer.EndToEnd.Tests"];

List<string> folders = [];
Dictionary<string, int> numbers = new() { ["--seed"] = 11, ["--count"] = 120 };
for (int i = 0; i < args.Length; i++)
{
    if (numbers.ContainsKey(args[i]))
        numbers[args[i]] = int.Parse(args[++i], CultureInfo.InvariantCulture);
    else
        folders.Add(args[i]);
}

if (folders.Count == 0)
    folders = ["Pipeline", "Placement", "Ranges", "Search"];

Stopwatch watch = Stopwatch.StartNew();
string scratch = Path.GetFullPath(".artifacts/mutation");
Copy copy = new(Directory.GetCurrentDirectory(), Path.Combine(scratch, "copy"));
Mutant[] mutants = Mutate(copy, folders);

TestProgram[] programs =
[
    .. projects.Select(project => new TestProgram(copy.BuildTests(project), Path.Combine(copy.Root, ".artifacts", "runs", project))),
];
foreach (TestProgram program in programs)
{
    foreach (string broken in program.Explore())
        Console.WriteLine($"left out, it does not pass in the copy as it is: {broken}");
    Console.WriteLine(program);
}

Console.WriteLine($"{mutants.Count(mutant => programs.Any(program => program.Reaches(mutant)))} of them are reached by tests");

int count = numbers["--count"] is > 0 and int asked ? Math.Min(asked, mutants.Length) : mutants.Length;
new Random(numbers["--seed"]).Shuffle(mutants);
List<Mutant> unnoticed = [];
foreach (Mutant mutant in mutants[..count])
{
    string? by = programs.Select(program => program.NoticedBy(mutant)).FirstOrDefault(name => name is not null);
    Console.WriteLine($"{watch.Elapsed:hh\\:mm\\:ss}  {(by is null ? "UNNOTICED" : "noticed")}  {mutant}  {by}");
    if (by is null)
        unnoticed.Add(mutant);
}

Console.WriteLine($"\nNo test notices when these are taken out:");
foreach (Mutant mutant in unnoticed.OrderBy(mutant => mutant.Number))
    Console.WriteLine($"{mutant}{(programs.Any(program => program.Reaches(mutant)) ? "" : "  (reached by no test)")}");
Score score = new(count - unnoticed.Count, count);
Console.WriteLine($"\n{score} (seed {numbers["--seed"]}, {(int)watch.Elapsed.TotalMinutes} minutes)");
return score.Percent > Least ? 0 : 1;

// Makes every removable statement of the folders one that can be switched off; those that then do not compile are left as they are.
static Mutant[] Mutate(Copy copy, IReadOnlyList<string> folders)
{
    Compiler compiler = new(copy.CompilerArguments(), copy.Core);
    List<Mutant> all = [];
    int found = 0;
    foreach (string folder in folders)
    {
        string start = Path.Combine(copy.Core, folder) + Path.DirectorySeparatorChar;
        foreach (SyntaxTree tree in compiler.Trees.Where(tree => tree.FilePath.StartsWith(start, StringComparison.Ordinal)))
        {
            Mutant[] candidates = [.. RemovableStatements.In(tree, Path.GetRelativePath(copy.Core, tree.FilePath), found)];
            found += candidates.Length;
            List<Mutant> kept = compiler.Compiling(tree, candidates);
            File.WriteAllText(tree.FilePath, Edit.Apply(tree.ToString(), kept.SelectMany(mutant => mutant.Edits)));
            all.AddRange(kept);
        }
    }

    if (all.Count == 0)
    {
        throw new ArgumentException(
            $"No statement can be taken out of {string.Join(", ", folders)}; folders of src/Quantizer.Core were expected."
        );
    }

    Console.WriteLine($"{found} removable statements, {found - all.Count} do not compile without them, {all.Count} are tried:");
    return [.. all];
}
