namespace Orchestrator.Standalone.Settings;

/// <summary>Where the service keeps what must survive it: the journal and the keys that secrets are sealed with.</summary>
public sealed class DataDirectory
{
    private DataDirectory(string path) => FullPath = path;

    public string FullPath { get; }

    public string Keys => System.IO.Path.Combine(FullPath, "keys");

    /// <summary>Makes the directory, for its owner alone.</summary>
    /// <exception cref="SettingsException">It can not be made or written.</exception>
    public static DataDirectory Open(string? setting)
    {
        var path = System.IO.Path.GetFullPath(string.IsNullOrWhiteSpace(setting) ? "data" : setting);
        try
        {
            CreatePrivate(path);
            var directory = new DataDirectory(path);
            CreatePrivate(directory.Keys);
            return directory;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SettingsException($"The data directory '{path}' can not be used: {failure.Message} Set Data:Directory to one that this user may write.");
        }
    }

    private static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
