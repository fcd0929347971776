using Quantizer.Cli;
using Quantizer.Cli.Terminals;

using Interruption interruption = new();
using SignalHandlers handlers = new(interruption, Console.Error);
return new Application(ConsoleTerminal.Open(), PipelineCalls.Real, interruption).Run(args);
