using Microsoft.Extensions.Configuration;
using Orchestrator.Gateway;

namespace Orchestrator.Standalone.Settings;

/// <summary>The section <c>Upstreams</c>: endpoints that are asked without the gateway, by name.</summary>
public static class UpstreamSettings
{
    /// <exception cref="SettingsException">One of them can not be used; says of each what is wrong. No key is quoted.</exception>
    public static IReadOnlyList<DirectUpstream> Read(IConfigurationSection section)
    {
        var settings = new Dictionary<string, DirectUpstreamSettings>(StringComparer.OrdinalIgnoreCase);
        foreach (var one in section.GetChildren())
        {
            settings[one.Key] = ReadOne(one);
        }

        var upstreams = DirectUpstreamSettings.Read(settings, out var problems);
        return problems.Count == 0
            ? upstreams
            : throw new SettingsException(string.Join(' ', problems.Select(static problem => $"{problem.Field}: {problem.Message}")));
    }

    /// <summary>By hand: the binder would let a name that is no setting pass, or quote the value that it can not read.</summary>
    private static DirectUpstreamSettings ReadOne(IConfigurationSection section)
    {
        const string Known = "BaseUrl, ApiKey, Wire, Headers and TakesStreamOptions";
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new SettingsException($"{section.Path} has a value of its own: set {section.Path}:BaseUrl; there are {Known}.");
        }

        var settings = new DirectUpstreamSettings();
        foreach (var field in section.GetChildren())
        {
            switch (field.Key.ToUpperInvariant())
            {
                case "BASEURL":
                    settings.BaseUrl = field.Value;
                    break;
                case "APIKEY":
                    settings.ApiKey = field.Value;
                    break;
                case "WIRE":
                    settings.Wire = field.Value;
                    break;
                case "HEADERS":
                    settings.Headers = Headers(field);
                    break;
                case "TAKESSTREAMOPTIONS":
                    settings.TakesStreamOptions = bool.TryParse(field.Value, out var takes)
                        ? takes
                        : throw new SettingsException($"{field.Path} is neither true nor false.");
                    break;
                default:
                    throw new SettingsException($"{field.Path} is no setting: there are {Known}.");
            }
        }

        return settings;
    }

    private static Dictionary<string, string> Headers(IConfigurationSection section) =>
        section.GetChildren().ToDictionary(static header => header.Key, static header => header.Value ?? "", StringComparer.OrdinalIgnoreCase);
}
