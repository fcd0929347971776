using Quantizer.Benchmarks;

return Benchmark.Start(args);
