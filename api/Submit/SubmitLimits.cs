namespace Orchestrator.Api.Submit;

/// <summary>What a submission may ask for at most. Times are milliseconds.</summary>
internal static class SubmitLimits
{
    public const int FallbackModels = 16;
    public const int Parts = 10;
    public const int ModelChars = 256;
    public const int Attempts = 20;
    public const int RetryDelayMs = 3_600_000;
    public const int SilenceMs = 86_400_000;
    public const long TotalMs = 604_800_000;
    public const int MetadataEntries = 64;
    public const int TextChars = 1024;
    public const int UrlChars = 2048;
}
