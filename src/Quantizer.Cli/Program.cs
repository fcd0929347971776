using Quantizer.Cli;
using Quantizer.Cli.Terminals;

// First of all: it finds out which standard streams there are before anything else takes their places.
Terminal terminal = ConsoleTerminal.Open();
AllocatorOptions.GiveBackWhatIsFree();
using Interruption interruption = new();
using SignalHandlers handlers = new(interruption, terminal.Error);
return new Application(terminal, PipelineCalls.Real.Remembering(SpeedFolder.Default), interruption).Run(args);
