using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Npgsql;
using Orchestrator.Grains.Hosting;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Silo.Storage.Postgres;

/// <summary>PostgreSQL for all of it, through Orleans' ADO.NET providers.</summary>
internal sealed class PostgresStorage(string connectionString) : IClusterStorage
{
    private const string Invariant = "Npgsql";

    /// <summary>Of this silo, beside those of its journal. A server has a hundred by default.</summary>
    private const int Connections = 20;

    /// <summary>In a schema of its own: names of Orleans do not meet those of the journal.</summary>
    private readonly string _connection = new NpgsqlConnectionStringBuilder(connectionString)
    {
        SearchPath = OrleansSchema.Name,
        MaxPoolSize = Connections,
    }.ConnectionString;

    public string Description
    {
        get
        {
            var parts = new NpgsqlConnectionStringBuilder(connectionString);
            return $"PostgreSQL at {parts.Host}, database {parts.Database}";
        }
    }

    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connection);
            await connection.OpenAsync(cancellationToken);
            await OrleansSchema.CreateAsync(connection, cancellationToken);
        }
        catch (NpgsqlException refusal)
        {
            throw new SettingsException($"the cluster's storage, {Description}, can not be used: {refusal.Message}");
        }
    }

    public void Configure(ISiloBuilder silo)
    {
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Invariant, _connection));
        silo.AddAdoNetGrainStorage(
            RunGrainOptions.GrainStorage, options => (options.Invariant, options.ConnectionString) = (Invariant, _connection));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Invariant, _connection));
    }

    public void KeepKeys(IDataProtectionBuilder keys) =>
        keys.Services.Configure<KeyManagementOptions>(options => options.XmlRepository = new PostgresKeys(_connection));
}
