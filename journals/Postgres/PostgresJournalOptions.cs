using System.Globalization;
using Npgsql;

namespace Orchestrator.Journals.Postgres;

/// <summary>The journal in a PostgreSQL database, of version 13 or later.</summary>
public sealed record PostgresJournalOptions
{
    /// <summary>In seconds; a commit that takes longer is in doubt, and found out about.</summary>
    private const int DefaultCommandTimeout = 15;

    private const int DefaultConnectTimeout = 5;

    /// <summary>A silo commits on one connection at a time; the others read.</summary>
    private const int DefaultPoolSize = 20;

    private const int MaxSchemaLength = 40;

    /// <summary>
    /// Npgsql's connection string: <c>Host=…;Database=…;Username=…;Password=…</c>. What it leaves open is set here: Timeout 5 (seconds, to
    /// connect), Command Timeout 15 (seconds), Maximum Pool Size 20, Max Auto Prepare 40.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema that the tables are in: lower case letters, digits and underscores. Made where it does not exist.</summary>
    public string Schema { get; init; } = "orchestrator";

    /// <summary>
    /// With segments of 16 MiB: whoever takes a dead process's runs over reads what he does not know of all processes' logs first, and that
    /// is as much as is not compacted yet.
    /// </summary>
    public JournalOptions Journal { get; init; } = new() { SegmentBytes = 16L << 20 };

    /// <summary>Host, port and database, for people: no user, no password.</summary>
    /// <exception cref="ArgumentException">An option can not be followed.</exception>
    public string Location
    {
        get
        {
            var settings = Validate(this);
            return string.Create(CultureInfo.InvariantCulture, $"{settings.Host}:{settings.Port}/{settings.Database}");
        }
    }

    /// <exception cref="ArgumentException">An option can not be followed.</exception>
    internal static NpgsqlConnectionStringBuilder Validate(PostgresJournalOptions options)
    {
        var schema = options.Schema;
        if (schema.Length is 0 or > MaxSchemaLength || char.IsAsciiDigit(schema[0])
            || !schema.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw new ArgumentException(
                $"The schema '{schema}' is no plain name: give 1 to {MaxSchemaLength} lower case letters, digits and underscores, no digit first.",
                nameof(options));
        }

        // Neither the message nor what it comes from may show any of it: it holds a password.
        var builder = TryParse(options.ConnectionString) ?? throw new ArgumentException(
            "The connection string is not one that Npgsql reads: give Host=…;Database=…;Username=…;Password=…, and quote values that hold a semicolon.",
            nameof(options));
        if (string.IsNullOrEmpty(builder.Host) || string.IsNullOrEmpty(builder.Database))
        {
            throw new ArgumentException(
                "The connection string lacks Host or Database: give Host=…;Database=…;Username=…;Password=….", nameof(options));
        }

        SetDefault(builder, "Timeout", DefaultConnectTimeout);
        SetDefault(builder, "Command Timeout", DefaultCommandTimeout);
        SetDefault(builder, "Maximum Pool Size", DefaultPoolSize);
        SetDefault(builder, "Max Auto Prepare", 40);
        SetDefault(builder, "Auto Prepare Min Usages", 2);
        SetDefault(builder, "Application Name", "orchestrator");
        return builder;
    }

    private static NpgsqlConnectionStringBuilder? TryParse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException or InvalidCastException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static void SetDefault(NpgsqlConnectionStringBuilder builder, string key, object value)
    {
        if (!builder.ShouldSerialize(key))
        {
            builder[key] = value;
        }
    }

    /// <summary>Without the connection string, which holds a password.</summary>
    public override string ToString() => $"PostgresJournalOptions {{ Schema = {Schema} }}";
}
