namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>Two tenants and their keys.</summary>
internal static class Keys
{
    public const string Ours = "key-of-acme-0123456789abcdef";
    public const string Theirs = "key-of-globex-0123456789abcdef";

    public static string[] Settings => [.. OfOurs, .. OfTheirs(1)];

    /// <summary>Without our key.</summary>
    public static string[] SettingsOfTheirs => OfTheirs(0);

    private static string[] OfOurs =>
    [
        "--Auth:Keys:0:Tenant", "acme", "--Auth:Keys:0:Key", Ours, "--Auth:Keys:0:Roles:0", "submit", "--Auth:Keys:0:Roles:1", "read",
        "--Auth:Keys:0:Roles:2", "operate",
    ];

    private static string[] OfTheirs(int at) =>
    [
        $"--Auth:Keys:{at}:Tenant", "globex", $"--Auth:Keys:{at}:Key", Theirs, $"--Auth:Keys:{at}:Roles:0", "submit", $"--Auth:Keys:{at}:Roles:1", "read",
    ];
}
