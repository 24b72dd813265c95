namespace Orchestrator.Client.Tests.Kit;

/// <summary>A person who does not answer until they have gone.</summary>
internal sealed class EndlessReader : TextReader
{
    private readonly ManualResetEventSlim _gone = new();

    public override string? ReadLine()
    {
        _gone.Wait();
        return null;
    }

    protected override void Dispose(bool disposing)
    {
        _gone.Set();
        base.Dispose(disposing);
    }
}
