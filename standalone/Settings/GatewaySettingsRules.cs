using Microsoft.Extensions.Configuration;

namespace Orchestrator.Standalone.Settings;

/// <summary>What must hold of the section <c>Gateway</c> as a whole. Each refusal names the setting and what to do.</summary>
public static class GatewaySettingsRules
{
    /// <exception cref="SettingsException">The settings can not be followed.</exception>
    public static GatewaySettings Read(IConfiguration section)
    {
        // A setting that is there and empty is how an environment takes one back.
        var settings = new GatewaySettings
        {
            Id = Text(section, "Id") ?? new GatewaySettings().Id,
            BridgeUrl = Url(section, "BridgeUrl"),
            BridgeSecret = Token(section, "BridgeSecret"),
            AccountId = Text(section, "AccountId"),
            ApiToken = Token(section, "ApiToken"),
            ApiUrl = Url(section, "ApiUrl"),
            EndpointUrl = Url(section, "EndpointUrl"),
            ResumeUrl = Url(section, "ResumeUrl"),
        };
        Needs(settings.BridgeSecret, "BridgeSecret", settings.BridgeUrl, "BridgeUrl", "the bridge's URL");
        Needs(settings.ApiToken, "ApiToken", settings.AccountId, "AccountId", "the account's id");
        Needs(settings.ApiUrl, "ApiUrl", settings.AccountId, "AccountId", "the account's id");
        Needs(settings.EndpointUrl, "EndpointUrl", settings.AccountId, "AccountId", "the account's id");
        Needs(settings.ResumeUrl, "ResumeUrl", settings.AccountId, "AccountId", "the account's id");
        CheckAccount(settings);
        return settings;
    }

    private static void CheckAccount(GatewaySettings settings)
    {
        if (settings.BridgeUrl is not null && settings.ResumeUrl is not null)
        {
            throw new SettingsException("Gateway:ResumeUrl is for an account without a bridge: remove it, the bridge at Gateway:BridgeUrl resumes.");
        }

        if (settings is { AccountId: not null, BridgeUrl: null, ApiToken: null } && (settings.ApiUrl is null || settings.EndpointUrl is null))
        {
            throw new SettingsException(
                "Gateway:ApiToken is missing: Cloudflare does not serve Gateway:AccountId without a token. Create an API token with the permission to run "
                + "AI Gateway and Workers AI, or set Gateway:ApiUrl and Gateway:EndpointUrl to a proxy that needs none.");
        }
    }

    private static void Needs(object? value, string key, object? other, string otherKey, string what)
    {
        if (value is not null && other is null)
        {
            throw new SettingsException($"Gateway:{key} does nothing without Gateway:{otherKey}: set that to {what}, or remove Gateway:{key}.");
        }
    }

    private static string? Text(IConfiguration section, string key)
    {
        var text = section[key];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return text is not ("." or "..") && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : throw new SettingsException($"Gateway:{key} is '{text}', which is no id: give letters, digits, '-', '_' and '.', as Cloudflare's dashboard shows it.");
    }

    private static string? Token(IConfiguration section, string key)
    {
        var text = section[key];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        // The message must not show it.
        return text.All(static c => c is > ' ' and <= '~')
            ? text
            : throw new SettingsException($"Gateway:{key} has characters that can not travel in a header: give it in visible ASCII, without spaces and line ends.");
    }

    private static Uri? Url(IConfiguration section, string key)
    {
        var text = section[key];
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url)
            && url.Scheme is "http" or "https"
            && url is { Query: "", Fragment: "", UserInfo: "" }
            ? url
            : throw new SettingsException($"Gateway:{key} is not a base URL: give an absolute http or https one, without name, query and fragment.");
    }
}
