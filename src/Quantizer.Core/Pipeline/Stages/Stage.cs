namespace Quantizer.Pipeline.Stages;

/// <summary>A step of a run, as the clock and the user know it. All there are stand here, in the order of the dataflow.</summary>
/// <param name="Title">What progress calls it.</param>
internal sealed record Stage(string Title)
{
    public static Stage Read { get; } = new("Reading the model");
    public static Stage Normalize { get; } = new("Normalizing the model");
    public static Stage Place { get; } = new("Placing quantization");
    public static Stage Prepare { get; } = new("Preparing the data");
    public static Stage Calibrate { get; } = new("Calibrating");
    public static Stage RecordOutputs { get; } = new("Recording the outputs");
    public static Stage Search { get; } = new("Searching plans");
    public static Stage Scale { get; } = new("Scaling channels");
    public static Stage Refine { get; } = new("Refining the plan");
    public static Stage Correct { get; } = new("Correcting biases and rounding");
    public static Stage Rewrite { get; } = new("Rewriting the model");
    public static Stage Verify { get; } = new("Verifying");
    public static Stage Write { get; } = new("Writing the model");
    public static Stage Compare { get; } = new("Comparing");
    public static Stage Order { get; } = new("Measuring what each part costs");
    public static Stage MeasureLatency { get; } = new("Measuring latency");
    public static Stage LookAtDetails { get; } = new("Looking at details");
}
