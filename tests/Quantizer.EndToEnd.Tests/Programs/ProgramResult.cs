using System.Text.Json;

namespace Quantizer.EndToEnd.Tests.Programs;

/// <summary>What a run of the program left: its exit code and what it printed.</summary>
internal sealed record ProgramResult(int ExitCode, string Out, string Error)
{
    /// <summary>Standard output, which must be one JSON object and nothing else.</summary>
    public JsonElement Json()
    {
        using JsonDocument document = JsonDocument.Parse(Out);
        return document.RootElement.Clone();
    }

    public ProgramResult MustSucceed()
    {
        Assert.True(ExitCode == 0, $"Exit code {ExitCode}: {Error}");
        return this;
    }
}
