using Microsoft.Extensions.Configuration;

namespace Orchestrator.Api.Settings;

/// <summary>Reads the section <c>Api</c>.</summary>
internal static class ApiSettings
{
    private const int DepthOfTheEngine = 64;

    /// <exception cref="ApiSettingsException">A setting is unknown, no number, or out of its range.</exception>
    public static ApiOptions Read(IConfiguration configuration)
    {
        var options = new ApiOptions();
        try
        {
            configuration.GetSection("Api").Bind(options, binder => binder.ErrorOnUnknownConfiguration = true);
        }
        catch (InvalidOperationException problem)
        {
            throw new ApiSettingsException($"The settings under Api can not be read: {problem.Message}");
        }

        Require(options.MaxBodyBytes is >= 1024 and <= 256 * 1024 * 1024, nameof(ApiOptions.MaxBodyBytes), "1024 to 268435456 bytes");
        Require(options.MaxDepth is >= 4 and <= DepthOfTheEngine, nameof(ApiOptions.MaxDepth), $"4 to {DepthOfTheEngine} levels");
        Require(options.MaxWait >= TimeSpan.Zero && options.MaxWait <= TimeSpan.FromHours(1), nameof(ApiOptions.MaxWait), "00:00:00 to 01:00:00");
        Require(options.MaxListLimit is >= 1 and <= 1000, nameof(ApiOptions.MaxListLimit), "1 to 1000 runs");
        Require(
            options.DefaultListLimit >= 1 && options.DefaultListLimit <= options.MaxListLimit,
            nameof(ApiOptions.DefaultListLimit),
            "1 to Api:MaxListLimit runs");
        return options;
    }

    private static void Require(bool holds, string name, string range)
    {
        if (!holds)
        {
            throw new ApiSettingsException($"Api:{name} is out of its range: give {range}.");
        }
    }
}
