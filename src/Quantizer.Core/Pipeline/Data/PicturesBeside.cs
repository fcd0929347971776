using Quantizer.Graphs;
using Quantizer.Preprocessing;
using Quantizer.Preprocessing.Discovery;
using Quantizer.Samples;
using Quantizer.Samples.Records;

namespace Quantizer.Pipeline.Data;

/// <summary>Opens pictures that feed one input beside data for others: two pictures that are compared, a picture with what was measured
/// beside it. Only what is computed of such pictures alone tells how they are prepared.</summary>
/// <param name="model">Run as far as its first BatchNormalization.</param>
/// <param name="config">What the file beside the model says of its pictures; null: there is none.</param>
internal sealed class PicturesBeside(Lazy<OnnxModel> model, PictureOptions pictures, Func<PictureOptions?> config, int threads)
{
    private readonly Dictionary<string, PicturePreparation> _preparations = [];

    /// <summary>Of the input that was opened first; null as long as none was.</summary>
    public PreparationChoice? Preparation { get; private set; }

    /// <param name="request">For the input that they feed.</param>
    /// <exception cref="UsageException">Nothing tells how they are prepared.</exception>
    /// <exception cref="QuantizationException">The folder cannot be used, or the input takes no pictures.</exception>
    public PictureRecords Open(string path, DataRequest request, int count, int seed, CancellationToken cancellation)
    {
        PictureFolder folder = PictureFolder.Open(path);
        TensorSignature[] needed = [.. request.Needed];
        PictureOptions? said = config();
        PictureInput input = PictureInput.Of(
            needed.Length == 1 ? needed : request.Inputs,
            said is null ? pictures : pictures.Over(said),
            mayKeepSize: true
        );
        if (!_preparations.TryGetValue(input.Name, out PicturePreparation? preparation))
        {
            using BatchNormalizationProbe? probe = BatchNormalizationProbe.TryCreate(model.Value, input.Name);
            PreparationChoice choice = PreparationFinder.Find(
                input,
                pictures,
                said,
                folder.Choose(count, seed),
                new PreparationProbes(probe, FirstOutput: null, BuiltIn: BuiltInPreparation.Of(model.Value, input)),
                threads,
                cancellation
            );
            Preparation ??= choice;
            _preparations[input.Name] = preparation = choice.Preparation;
        }
        return new PictureRecords(folder, input, preparation);
    }
}
