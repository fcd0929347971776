using Quantizer.Pipeline.Stages;
using Quantizer.Reporting;
using Quantizer.Search;

namespace Quantizer.Core.Tests.Pipeline.Stages;

public class TrialLogTests
{
    [Fact]
    public void Candidates_are_told_in_their_order_and_what_is_no_number_is_none()
    {
        TrialLog log = new();

        log.Add("ranges", [new JudgedCandidate("mse", 30, 64, IsTaken: true), new JudgedCandidate("minmax", null, 64, IsTaken: false)]);
        log.Add("move", new JudgedCandidate("x: mse", double.NegativeInfinity, 32, IsTaken: false) { BeforeDb = 29 });
        log.AddTimed("float", "2 nodes", 1.2, isTaken: true);

        Assert.Equal(
            [
                new TriedReport("ranges", "mse", 30, 64, Taken: true),
                new TriedReport("ranges", "minmax", null, 64, Taken: false),
                new TriedReport("move", "x: mse", null, 32, Taken: false) { BeforeDb = 29 },
                new TriedReport("float", "2 nodes", null, 0, Taken: true) { Speedup = 1.2 },
            ],
            log.Rows
        );
    }

    [Fact]
    public void What_was_taken_in_the_end_is_the_last_of_its_name()
    {
        TrialLog log = new();
        JudgedCandidate step = new("1 node", 20, 256, IsTaken: false);
        log.Add("float", [step, step]);

        log.Take("float", "1 node");
        log.Take("float", "of another name");

        Assert.Equal([false, true], log.Rows.Select(row => row.Taken));
    }

    [Fact]
    public void What_counts_no_more_is_forgotten()
    {
        TrialLog log = new();
        log.Add("ranges", new JudgedCandidate("mse", 30, 64, IsTaken: true));

        log.Clear();

        Assert.Empty(log.Rows);
    }
}
