namespace Quantizer.Pipeline;

/// <summary>Hears what a run is doing. Called from several threads.</summary>
public interface IProgressObserver
{
    /// <summary>A stage begins; <paramref name="total"/> is its number of steps, 0 when it has none worth counting.</summary>
    void StageStarted(string stage, int total);

    /// <summary>Steps of the current stage done so far.</summary>
    void Advanced(int done);

    /// <summary>A line worth telling at once (the preparation that was found, a skipped file).</summary>
    void Noted(string message);
}
