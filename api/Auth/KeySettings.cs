using Microsoft.Extensions.Configuration;

namespace Orchestrator.Api.Auth;

/// <summary>
/// Reads <c>Auth:Keys</c>. Read by hand and strictly: a binder passes over what it does not know, and a setting that was passed over
/// would leave the service open.
/// </summary>
internal static class KeySettings
{
    private const int MaxTenantChars = 128;

    /// <exception cref="ApiSettingsException">The message never has a key in it.</exception>
    public static KeyRing Read(IConfiguration configuration)
    {
        var auth = configuration.GetSection("Auth");
        foreach (var setting in auth.GetChildren())
        {
            Require(Is(setting, "Keys"), $"{setting.Path} is no setting: keys are a list under Auth:Keys.");
        }

        var section = auth.GetSection("Keys");
        Require(
            string.IsNullOrEmpty(section.Value) && string.IsNullOrEmpty(auth.Value),
            "Auth:Keys is a text, but has to be a list: set Auth:Keys:0:Tenant, Auth:Keys:0:Key and Auth:Keys:0:Roles:0.");
        var keys = new List<AccessKey>();
        foreach (var entry in section.GetChildren())
        {
            var key = ReadKey(entry);
            Require(!keys.Exists(other => other.Hash.Matches(key.Hash)), $"{entry.Path} has the key of another entry: give every entry its own.");
            keys.Add(key);
        }

        return new KeyRing(keys);
    }

    private static AccessKey ReadKey(IConfigurationSection entry)
    {
        foreach (var setting in entry.GetChildren())
        {
            Require(
                Is(setting, "Tenant") || Is(setting, "Roles") || Is(setting, "Key") || Is(setting, "KeyHash"),
                $"{setting.Path} is no setting. A key has Tenant, Roles, and Key or KeyHash.");
        }

        var tenant = entry["Tenant"];
        Require(
            tenant is { Length: > 0 and <= MaxTenantChars } && !tenant.Any(char.IsControl) && tenant.Trim().Length == tenant.Length,
            $"{entry.Path}:Tenant is missing or no name: give 1 to {MaxTenantChars} characters.");
        return new AccessKey(ReadHash(entry), new Caller(tenant!, ReadRoles(entry.GetSection("Roles"))));
    }

    private static KeyHash ReadHash(IConfigurationSection entry)
    {
        var (key, hash) = (entry["Key"], entry["KeyHash"]);
        Require(string.IsNullOrEmpty(key) != string.IsNullOrEmpty(hash), $"{entry.Path} needs either Key or KeyHash, and not both.");
        if (!string.IsNullOrEmpty(key))
        {
            Require(BearerToken.IsToken(key), $"{entry.Path}:Key can not be sent in a header: use visible ASCII characters without spaces.");
            return KeyHash.Of(key);
        }

        return KeyHash.TryParse(hash!)
            ?? throw new ApiSettingsException($"{entry.Path}:KeyHash is no hash: give sha256: and the 64 hexadecimal digits of the key's SHA-256.");
    }

    private static Role ReadRoles(IConfigurationSection section)
    {
        var entries = section.GetChildren().ToArray();
        Require(string.IsNullOrEmpty(section.Value) && entries.Length > 0, $"{section.Path} is no list: give one or more of submit, read, operate.");
        var roles = Role.None;
        foreach (var entry in entries)
        {
            Require(RoleExtensions.TryParse(entry.Value, out var role), $"{entry.Path} is '{entry.Value}': give submit, read or operate.");
            roles |= role;
        }

        return roles;
    }

    private static bool Is(IConfigurationSection setting, string name) => setting.Key.Equals(name, StringComparison.OrdinalIgnoreCase);

    private static void Require(bool holds, string problem)
    {
        if (!holds)
        {
            throw new ApiSettingsException(problem);
        }
    }
}
