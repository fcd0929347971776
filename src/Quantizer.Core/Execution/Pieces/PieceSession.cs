using Microsoft.ML.OnnxRuntime;
using Quantizer.Graphs;

namespace Quantizer.Execution.Pieces;

/// <summary>A piece of a model, opened in ONNX Runtime. Any number of threads may call it at once, each with tensors of its own.</summary>
internal sealed class PieceSession : IDisposable
{
    private readonly InferenceModel _model;
    private readonly ModelPiece _piece;

    private PieceSession(InferenceModel model, ModelPiece piece)
    {
        _model = model;
        _piece = piece;
    }

    /// <param name="model">What the piece was cut from.</param>
    /// <param name="example">Tensors that it reads, which tell their types and shapes.</param>
    /// <param name="isSameShape">Whether all runs have tensors of the example's shapes.</param>
    /// <param name="isParked">Whether what a run makes is parked before the thread's next one, which can have the same memory then.</param>
    /// <exception cref="QuantizationException">ONNX Runtime refuses the piece, or it reads what is no dense tensor.</exception>
    public static PieceSession Open(OnnxModel model, ModelPiece piece, LiveTensors example, bool isSameShape, bool isParked = false)
    {
        List<ValueInfo> inputs = [.. piece.Inputs.Select(name => Declared(example.SignatureOf(name), isSameShape))];
        if (inputs.Find(input => input.Type == ElementType.Undefined) is { } input)
            throw new QuantizationException($"'{input.Name}' is no dense tensor: the model cannot be run piece by piece.");
        // What is kept for a while never lies where the next run would write.
        return new PieceSession(
            InferenceModel.Load(
                ModelVariants.Piece(model, piece.Nodes, inputs, piece.Outputs),
                new ExecutionOptions { DisableArena = !isParked }
            ),
            piece
        );
    }

    /// <summary>Computes the piece's outputs from its inputs, among the tensors.</summary>
    /// <exception cref="QuantizationException">The run fails.</exception>
    public void Run(LiveTensors tensors)
    {
        try
        {
            using RunOptions options = new();
            // The values live on among the tensors: only their list is let go of.
            IDisposableReadOnlyCollection<OrtValue> made = _model.Session.Run(
                options,
                _piece.Inputs,
                [.. _piece.Inputs.Select(name => tensors[name])],
                _piece.Outputs
            );
            for (int i = 0; i < _piece.Outputs.Count; i++)
                tensors[_piece.Outputs[i]] = made[i];
        }
        catch (OnnxRuntimeException error)
        {
            throw RuntimeErrors.Running(_model.Name, error);
        }
    }

    public void Dispose() => _model.Dispose();

    private static ValueInfo Declared(TensorSignature signature, bool isSameShape) =>
        new(signature.Name, signature.Type, isSameShape ? signature.Shape : signature.Shape?.Select(_ => Dimension.Unknown).ToArray());
}
