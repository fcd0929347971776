using Quantizer.Pictures;
using Quantizer.Samples;

namespace Quantizer.Preprocessing.Discovery;

/// <summary>
/// Finds out how a model wants its pictures. What the user says wins, then a <c>preprocessor_config.json</c>; what both leave
/// open is what the model itself (<see cref="BuiltInPreparation"/>) leaves, of which <see cref="PreparationSearch"/> finds one. How
/// pictures are resized is open, too, where nobody says it: classifiers of ImageNet are usually fed the middle, and where pictures have
/// classes, accuracy decides.
/// </summary>
internal static class PreparationFinder
{
    /// <summary>Enough to see whether pictures have the model's size already.</summary>
    private const int FirstPictures = 16;

    /// <param name="input">The model's picture input.</param>
    /// <param name="flags">What the user fixed.</param>
    /// <param name="config">What a <c>preprocessor_config.json</c> fixed; null where there is none.</param>
    /// <param name="pictures">Pictures like those that the model is for; at most 256 of them are decoded.</param>
    /// <param name="probes">Ways to ask the model; not used when nothing is open.</param>
    /// <param name="threads">0: one per core. The choice does not depend on it.</param>
    /// <exception cref="UsageException">Nothing tells the scale, and the user does not accept a guess; the message lists the
    /// candidates.</exception>
    /// <exception cref="QuantizationException">The wishes do not fit the input, no picture can be read, or the model fails on
    /// them.</exception>
    public static PreparationChoice Find(
        PictureInput input,
        PictureOptions flags,
        PictureOptions? config,
        PictureSet pictures,
        PreparationProbes probes,
        int threads,
        CancellationToken cancellation
    )
    {
        PictureOptions wishes = config is null ? flags : flags.Over(config with { Channels = config.Channels ?? CustomaryChannels(input) });
        NetworkKind kind = NetworkKind.Of(input, probes.Classes);
        bool isResizeOpen = wishes.Resize is null && input is { Width: not null, Height: not null };
        IReadOnlyList<PreparationCandidate> candidates = CandidateTable.For(input, wishes);
        // Values that somebody gave are not weighed against the model.
        IReadOnlyList<PreparationCandidate>? left = wishes.SaysValues ? null : probes.BuiltIn?.Among(candidates);
        probes = probes with { BuiltIn = left is null ? null : probes.BuiltIn };
        candidates = left ?? candidates;
        SampleWorkers workers = new(threads, cancellation);
        TrialPictures trialPictures = new(pictures, candidates[0].Preparation.Geometry, workers);
        if (candidates.Count == 1 && probes.BuiltIn is null)
        {
            PreparationChoice asked = Fixed(candidates[0], flags, config);
            // Labels come first: without them pictures would be decoded for nothing.
            return isResizeOpen && pictures.HasLabels
                ? new PreparationSearch(input, candidates, probes, trialPictures, workers).Resized(asked)
                : asked;
        }
        if (isResizeOpen && kind.IsCropped)
        {
            IReadOnlyList<PreparationCandidate> cropped = CandidateTable.For(input, wishes with { Resize = ResizeConvention.Crop });
            cropped = probes.BuiltIn?.Among(cropped) ?? cropped;
            TrialPictures croppedPictures = new(pictures, cropped[0].Preparation.Geometry, workers);
            croppedPictures.First(FirstPictures);
            if (!croppedPictures.AreOfSize)
                (candidates, trialPictures) = (cropped, croppedPictures);
        }
        PreparationSearch search = new(input, candidates, probes, trialPictures, workers);
        PreparationChoice choice = search.Find(kind, flags.AcceptsGuess);
        return isResizeOpen ? search.Resized(choice) : choice;
    }

    /// <summary>Image processors work on RGB unless they say otherwise.</summary>
    private static ChannelOrder CustomaryChannels(PictureInput input) => input.Channels == 1 ? ChannelOrder.Gray : ChannelOrder.Rgb;

    private static PreparationChoice Fixed(PreparationCandidate candidate, PictureOptions flags, PictureOptions? config)
    {
        bool isByConfig = config is not null && !flags.SaysValues;
        return PreparationChoice.Of(
            candidate,
            isByConfig ? ChoiceGround.PreprocessorConfig : ChoiceGround.Flags,
            null,
            isByConfig
                ? $"Pictures are prepared as {PreprocessorConfig.FileName} says."
                : $"Pictures are prepared as asked for: {candidate.Name}."
        );
    }
}
