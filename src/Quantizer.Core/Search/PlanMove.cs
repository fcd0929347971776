using Quantizer.Ranges.Planning;

namespace Quantizer.Search;

/// <summary>A change of a plan that is kept only if the outputs gain by it.</summary>
/// <param name="Subject">What is changed: moves of one subject stand in for each other.</param>
/// <param name="Differs">Whether a plan would change noticeably.</param>
/// <param name="Apply">The plan with the change.</param>
internal sealed record PlanMove(string Subject, Func<QuantizationPlan, bool> Differs, Func<QuantizationPlan, QuantizationPlan> Apply)
{
    /// <summary>Ranges whose scale differs by less than this share are one range.</summary>
    private const float NoticeableScale = 0.01f;

    /// <summary>Gives one activation another selector's range; what joins it, weights and biases follow.</summary>
    public static IEnumerable<PlanMove> OfActivation(RangePlanner planner, string source) =>
        planner
            .Candidates(source)
            .Select(candidate => new PlanMove(
                source,
                plan =>
                    MathF.Abs(candidate.Parameters.Scale - plan.Activations[source].Parameters.Scale)
                    > NoticeableScale * plan.Activations[source].Parameters.Scale,
                plan => planner.WithActivation(plan, source, candidate)
            ));
}
