namespace Orchestrator.Api.Auth;

internal static class RoleExtensions
{
    public static IReadOnlyList<Role> All { get; } = [Role.Submit, Role.Read, Role.Operate];

    public static bool Allows(this Role roles, Role needed) => roles.HasFlag(Role.Operate) || roles.HasFlag(needed);

    /// <summary>As the configuration and the messages write it.</summary>
    public static string ToWire(this Role role) => role switch
    {
        Role.Submit => "submit",
        Role.Read => "read",
        Role.Operate => "operate",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "Not a single role."),
    };

    public static bool TryParse(string? text, out Role role)
    {
        role = text?.ToUpperInvariant() switch
        {
            "SUBMIT" => Role.Submit,
            "READ" => Role.Read,
            "OPERATE" => Role.Operate,
            _ => Role.None,
        };
        return role != Role.None;
    }
}
