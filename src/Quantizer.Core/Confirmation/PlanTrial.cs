namespace Quantizer.Confirmation;

/// <summary>A plan as tried on the network's outputs.</summary>
/// <param name="Name">The range selector.</param>
/// <param name="SqnrDb">Mean over the outputs of their signal over error; infinite when nothing differs.</param>
public sealed record PlanTrial(string Name, double SqnrDb);
