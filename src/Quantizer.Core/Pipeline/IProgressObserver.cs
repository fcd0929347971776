namespace Quantizer.Pipeline;

/// <summary>Hears what a run is doing. Called from several threads.</summary>
public interface IProgressObserver
{
    /// <summary>A stage begins.</summary>
    /// <param name="stage">What it does, for people: "Calibrating".</param>
    /// <param name="total">Its number of steps; 0 when it has none worth counting.</param>
    void StageStarted(string stage, int total);

    /// <summary>Steps of the current stage are done. Workers may tell them out of order.</summary>
    /// <param name="done">How many so far.</param>
    void Advanced(int done);

    /// <summary>The data are open, and the heavy work begins; observers that tell no remaining time need not hear it.</summary>
    /// <param name="work">What lies ahead.</param>
    void WorkCounted(WorkAhead work) { }

    /// <summary>Something worth telling at once: the preparation that was found, a skipped file.</summary>
    /// <param name="message">One line.</param>
    void Noted(string message);
}
