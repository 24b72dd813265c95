namespace Orchestrator.Scenarios.Tests.Kit;

/// <summary>A directory for one test, removed after it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("orchestrator-");

    public string FullPath => _directory.FullName;

    public void Dispose()
    {
        try
        {
            _directory.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A process that was just killed may still let go of a file.
        }
    }
}
