using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using Quantizer;
using Xunit.Abstractions;
using Xunit.Sdk;

/// <summary>
/// Main of a mutated copy's test project. Reads lines of a test class and the milliseconds it may take, runs each class by itself in
/// this order and writes a line with class, result and milliseconds; ends with the first that does not pass. Without lines it
/// lists the classes.
/// </summary>
internal static class TestHost
{
    public static void Main()
    {
        Assembly assembly = typeof(TestHost).Assembly;
        using XunitTestFramework framework = new(new Sink(_ => true));
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        using ITestFrameworkExecutor executor = framework.GetExecutor(assembly.GetName());
        ILookup<string, ITestCase> classes = Discover(discoverer).ToLookup(test => test.TestMethod.TestClass.Class.Name);
        string? seen = Environment.GetEnvironmentVariable("QUANTIZER_MUTANTS_SEEN");
        bool isAsked = false;
        while (Console.ReadLine()?.Split('\t') is [string name, string allowed])
        {
            isAsked = true;
            if (seen is not null)
                Environment.SetEnvironmentVariable("QUANTIZER_MUTANTS_SEEN", Path.Combine(seen, name));
            Stopwatch watch = Stopwatch.StartNew();
            string result = Run(executor, classes[name], int.Parse(allowed));
            Tell(name, result, watch.ElapsedMilliseconds);
            Mutants.WriteSeen();
            if (result != "passed" && seen is null)
                return;
        }

        if (!isAsked)
        {
            foreach (IGrouping<string, ITestCase> group in classes)
                Tell(group.Key, "listed", 0);
        }
    }

    private static void Tell(string name, string result, long milliseconds)
    {
        Console.Out.WriteLine($"\nHOST\t{name}\t{result}\t{milliseconds}");
        Console.Out.Flush();
    }

    private static ConcurrentBag<ITestCase> Discover(ITestFrameworkDiscoverer discoverer)
    {
        ConcurrentBag<ITestCase> found = [];
        using ManualResetEventSlim isDone = new();
        Sink sink = new(message =>
        {
            if (message is ITestCaseDiscoveryMessage test)
                found.Add(test.TestCase);
            if (message is IDiscoveryCompleteMessage)
                isDone.Set();
            return true;
        });
        discoverer.Find(false, sink, new Options());
        isDone.Wait();
        return found;
    }

    private static string Run(ITestFrameworkExecutor executor, IEnumerable<ITestCase> tests, int allowed)
    {
        string result = "passed";
        // Not disposed: a test that hangs may end later.
        ManualResetEventSlim isDone = new();
        Sink sink = new(message =>
        {
            if (message is ITestFailed or ITestClassCleanupFailure or ITestAssemblyCleanupFailure or IErrorMessage)
                result = "failed";
            if (message is ITestAssemblyFinished)
                isDone.Set();
            return result == "passed";
        });
        // It may run them on the thread that calls it.
        Task.Run(() => executor.RunTests(tests, sink, new Options()));
        return isDone.Wait(allowed) ? result : "hung";
    }

    private sealed class Sink(Func<IMessageSinkMessage, bool> hear) : LongLivedMarshalByRefObject, IMessageSink
    {
        public bool OnMessage(IMessageSinkMessage message) => hear(message);
    }

    /// <summary>One test at a time, each told before the next begins.</summary>
    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        public TValue GetValue<TValue>(string name) =>
            name is "xunit.execution.DisableParallelization" or "xunit.execution.SynchronousMessageReporting"
                ? (TValue)(object)true
                : default!;

        public void SetValue<TValue>(string name, TValue value) { }
    }
}
