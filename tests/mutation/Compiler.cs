using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Quantizer.Mutation;

/// <summary>Tells whether files still compile when they are changed, in memory.</summary>
internal sealed class Compiler
{
    private readonly CSharpCompilation _compilation;
    private readonly CSharpParseOptions _options;

    /// <param name="arguments">Those of the C# compiler for the project.</param>
    /// <param name="project">Folder of the project.</param>
    public Compiler(IEnumerable<string> arguments, string project)
    {
        CSharpCommandLineArguments parsed = CSharpCommandLineParser.Default.Parse(arguments, project, sdkDirectory: null);
        _options = parsed.ParseOptions;
        _compilation = CSharpCompilation.Create(
            parsed.CompilationName,
            parsed.SourceFiles.Select(file => Parse(file.Path, File.ReadAllText(file.Path))),
            parsed.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference)),
            parsed.CompilationOptions
        );
    }

    public IEnumerable<SyntaxTree> Trees => _compilation.SyntaxTrees;

    /// <summary>The mutants that compile together: each is taken unless it breaks the file with those before it.</summary>
    public List<Mutant> Compiling(SyntaxTree tree, IReadOnlyList<Mutant> mutants)
    {
        if (Compiles(tree, mutants))
            return [.. mutants];
        List<Mutant> kept = [];
        foreach (Mutant mutant in mutants)
        {
            if (Compiles(tree, [.. kept, mutant]))
                kept.Add(mutant);
        }

        return kept;
    }

    private bool Compiles(SyntaxTree tree, IReadOnlyList<Mutant> mutants)
    {
        SyntaxTree changed = Parse(tree.FilePath, Edit.Apply(tree.ToString(), mutants.SelectMany(mutant => mutant.Edits)));
        return Errors(_compilation.ReplaceSyntaxTree(tree, changed), changed) <= Errors(_compilation, tree);
    }

    /// <summary>Generated code is not there, so that files which need it have errors from the beginning.</summary>
    private static int Errors(CSharpCompilation compilation, SyntaxTree tree) =>
        compilation.GetSemanticModel(tree).GetDiagnostics().Count(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    private SyntaxTree Parse(string path, string text) => CSharpSyntaxTree.ParseText(text, _options, path);
}
