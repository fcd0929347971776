using Quantizer.Execution;
using Quantizer.Graphs;
using Quantizer.Pipeline;
using Quantizer.Pipeline.Data;
using Quantizer.Preprocessing;
using Quantizer.Samples;
using Quantizer.Samples.Binding;
using Quantizer.Testing;

namespace Quantizer.Core.Tests.Samples;

/// <summary>Real models take real data by naming no more than them.</summary>
public class SharedModelDataTests
{
    private static readonly Dictionary<string, IReadOnlyList<double>> Rate = new() { ["sr"] = [16000] };

    public static TheoryData<string, string, string> Plain =>
        new()
        {
            { "llama-bytes", "bytes/val.npz", "" },
            { "lstm-bytes", "bytes/val.npz", "zeros of [2, 1, 256]" },
            { "all-minilm-l6-v2", "text/val.npz", "" },
            { "magika", "zoo/magika-val.npz", "" },
            { "deepcut", "zoo/deepcut-val.npz", "" },
            { "spindle-unet", "zoo/spindle-unet-val.npz", "" },
            { "mtcnn-pnet", "faces", "" },
            { "kws-mlperf", "kws-features.npz", "" },
            { "oww-embedding", "audio/embedding-val.npz", "" },
            { "oww-melspectrogram", "audio/mel-val.npz", "" },
        };

    [SharedFolderFact]
    public void Real_features_load_and_run()
    {
        using InferenceModel model = InferenceModel.Load(SharedFolder.Model("kws-mlperf.onnx"));
        using RecordSamples source = OpenedData.Of(SharedFolder.Data("kws-features.npz"), [.. model.Inputs]);

        TensorValue answer = model.Run(source.Load(0).Inputs).Values.Single();

        Assert.Equal(59, source.Count);
        Assert.Equal(1f, answer.Floats.ToArray().Sum(), 1e-4f);
    }

    [SharedFolderTheory]
    [MemberData(nameof(Plain))]
    public void Arrays_and_pictures_feed_models_by_their_path_alone(string model, string data, string note)
    {
        PictureOptions pictures = new() { Size = (96, 96), Preset = PicturePreset.MinusOneOne };

        using Opened opened = new($"{model}.onnx", data, new InputOptions(), pictures);

        opened.Run(2);
        Assert.Contains(note, string.Join(' ', opened.Data.Notes));
    }

    [SharedFolderTheory]
    [InlineData("silero-vad", 576, 512, "state=stateN")]
    [InlineData("silero-vad-legacy", 512, 512, "h=hn c=cn")]
    public void A_recording_feeds_a_voice_detector_that_carries_state(string model, int frame, int hop, string feedback)
    {
        InputOptions inputs = new()
        {
            Constants = Rate,
            Feedback = feedback.Split(' ').Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]),
            Frame = frame,
            Hop = hop,
        };

        using Opened opened = new($"{model}.onnx", "silero-test.wav", inputs, new PictureOptions());

        opened.Run(3);
        Assert.Equal("silero-test.wav sample 2", opened.Data.Samples.NameOf(2));
        string state = inputs.Feedback.Keys.First();
        Assert.DoesNotContain(opened.Data.Samples.Load(0).Inputs[state].Floats.ToArray(), value => value != 0);
        Assert.Contains(opened.Data.Samples.Load(2).Inputs[state].Floats.ToArray(), value => value != 0);
    }

    [SharedFolderFact]
    public void Padding_of_sentences_is_gone_before_the_model_sees_it()
    {
        using Opened opened = new("all-minilm-l6-v2.onnx", "text/calib.npz", new InputOptions(), new PictureOptions());

        Sample[] samples = [.. Enumerable.Range(0, 320).Select(opened.Data.Samples.Load)];

        Assert.All(samples, sample => Assert.Null(sample.Mask));
        Assert.All(samples, sample => Assert.Equal(sample.Inputs["input_ids"].Shape, sample.Inputs["attention_mask"].Shape));
        Assert.InRange(samples.Average(sample => sample.Inputs["input_ids"].Shape[1]), 20, 40);
        Assert.All(
            samples,
            sample => Assert.Equal(sample.Inputs["input_ids"].Shape[1], sample.Inputs["attention_mask"].Data.ToArray().Sum(value => value))
        );
    }

    [SharedFolderFact]
    public void Token_numbers_beyond_the_vocabulary_break_their_sample()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("x.jsonl", "{\"input_ids\": [101, 102]}\n{\"input_ids\": [101, 30522, 102]}\n"u8);
        using Opened opened = new("all-minilm-l6-v2.onnx", path, new InputOptions(), new PictureOptions());

        SampleReader<Sample> reader = opened.Data.Reader();
        _ = Enumerable.Range(0, 2).Select(reader.Load).Count(sample => sample is not null);

        SkippedSample skipped = Assert.Single(reader.Skipped);
        Assert.Equal("x.jsonl:2", skipped.Name);
        Assert.Contains("holds 30522; the table 'embeddings.word_embeddings.weight'", skipped.Reason);
    }

    private sealed class Opened : IDisposable
    {
        private readonly SourceModel _model;

        public Opened(string model, string data, InputOptions inputs, PictureOptions pictures)
        {
            _model = SourceModel.Open(SharedFolder.Model(model));
            Data = new DataOpening(_model.Model, _model.Session, _model.Path, pictures, inputs, threads: 1).Open(
                [Path.IsPathRooted(data) ? data : SharedFolder.Data(data)],
                labelsPath: null,
                count: 2000,
                seed: 0,
                CancellationToken.None
            );
        }

        public DataSet Data { get; }

        public void Run(int samples)
        {
            for (int index = 0; index < samples; index++)
            {
                foreach (TensorValue output in _model.Session.Run(Data.Samples.Load(index).Inputs).Values)
                    Assert.True(output.ElementCount > 0);
            }
        }

        public void Dispose()
        {
            Data.Dispose();
            _model.Dispose();
        }
    }
}
