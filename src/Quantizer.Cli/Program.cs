using Quantizer.Cli;
using Quantizer.Cli.Terminals;

Terminal terminal = ConsoleTerminal.Open();
using Interruption interruption = new();
using SignalHandlers handlers = new(interruption, terminal.Error);
return new Application(terminal, PipelineCalls.Real, interruption).Run(args);
