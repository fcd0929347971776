using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Quantizer.Mutation;

/// <summary>
/// Finds the statements of a file that can be taken out:
/// 1. calls, assignments, throw, return, break, continue and yield;
/// 2. if, switch and loops as a whole; where one consists of a single statement, the two are one;
/// 3. the body of a void member that is an expression.
/// Declarations cannot be taken out, and try, using, lock and fixed only change how what is inside them runs.
/// </summary>
internal static class RemovableStatements
{
    /// <summary>Left out: they do nothing that a test may see. Debug.Assert is not even compiled.</summary>
    private static readonly string[] Unobservable = ["Debug.Assert(", ".Dispose()"];

    public static IEnumerable<Mutant> In(SyntaxTree tree, string file, int firstNumber)
    {
        int number = firstNumber;
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            if (Schema(node, number) is { } edits)
                yield return new Mutant(number++, file, Line(node), node.ToString().Split('\n')[0].Trim(), edits);
        }
    }

    private static Edit[]? Schema(SyntaxNode node, int number)
    {
        string runs = $"Quantizer.Mutants.Runs({number})";
        return node switch
        {
            // The condition is still computed: what it declares is used later.
            IfStatementSyntax { Else: null } choice when !IsOnlyOneOfItsParent(choice) => Around(
                choice.Condition.Span,
                "(",
                $") && {runs}",
                number
            ),
            StatementSyntax statement when IsRemovable(statement) && !IsOnlyOneOfItsParent(statement) => Around(
                statement.Span,
                $"{{ if ({runs}) {{ ",
                " } }",
                number
            ),
            ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax { ReturnType: PredefinedTypeSyntax type } method } arrow
                when type.Keyword.IsKind(SyntaxKind.VoidKeyword) && !IsUnobservable(arrow) =>
            [
                new Edit(arrow.ArrowToken.SpanStart, 2, $"{{ if ({runs}) ", number),
                new Edit(method.Span.End, 0, " }", -number),
            ],
            _ => null,
        };
    }

    private static Edit[] Around(TextSpan span, string before, string after, int number) =>
        [new Edit(span.Start, 0, before, number), new Edit(span.End, 0, after, -number)];

    private static bool IsUnobservable(SyntaxNode call) => Unobservable.Any(call.ToString().Contains);

    private static bool IsRemovable(StatementSyntax statement) =>
        statement switch
        {
            ExpressionStatementSyntax call when IsUnobservable(call) => false,
            ExpressionStatementSyntax or ThrowStatementSyntax or ReturnStatementSyntax => true,
            BreakStatementSyntax or ContinueStatementSyntax or YieldStatementSyntax => true,
            IfStatementSyntax or SwitchStatementSyntax or DoStatementSyntax => true,
            CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax => true,
            _ => false,
        };

    private static bool IsOnlyOneOfItsParent(StatementSyntax statement)
    {
        SyntaxNode? parent = statement.Parent is BlockSyntax { Statements.Count: 1 } block ? block.Parent : statement.Parent;
        return parent
            is IfStatementSyntax { Else: null }
                or CommonForEachStatementSyntax
                or ForStatementSyntax
                or WhileStatementSyntax
                or DoStatementSyntax;
    }

    private static int Line(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
