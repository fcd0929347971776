namespace Quantizer.Mutation;

/// <summary>A test class and how long it takes when nothing is removed.</summary>
internal sealed record TestClass(string Name, int Milliseconds)
{
    /// <summary>Anything longer hangs. A busy machine may be some times slower, and a process begins cold.</summary>
    public int AllowedMilliseconds => Math.Max(15_000, 5 * Milliseconds);
}
