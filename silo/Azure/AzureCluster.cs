using Azure;
using Azure.Core;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Orleans.Hosting;

namespace Orchestrator.Silo.Azure;

/// <summary>
/// An Azure Storage account as the storage of a cluster: membership, reminders and grain state in tables, the key ring in blobs. Clusters of
/// other ids and services may share the account.
/// </summary>
public sealed class AzureCluster
{
    private const string Members = "OrchestratorSilos";
    private const string Reminders = "OrchestratorReminders";
    private const string GrainState = "OrchestratorCheckpoints";
    private const string Keys = "orchestrator-keys";

    /// <summary>Of a single call. A silo that can not tell that it is alive for long is taken for dead.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly TableServiceClient _tables;
    private readonly BlobContainerClient _keys;

    private AzureCluster(TableServiceClient tables, BlobContainerClient keys) => (_tables, _keys) = (tables, keys);

    /// <summary>For people; without the key.</summary>
    public string Description => $"Azure Storage, account {_tables.AccountName}";

    /// <summary>What one silo has sealed, every other must be able to open.</summary>
    public IXmlRepository KeyRing => new BlobKeys(_keys);

    /// <summary>Null where that is not a connection string of an account with tables and blobs. What is wrong with it may not be shown: it holds a key.</summary>
    public static AzureCluster? TryConnect(string connectionString)
    {
        try
        {
            return new AzureCluster(
                new TableServiceClient(connectionString, Calls(new TableClientOptions())),
                new BlobContainerClient(connectionString, Keys, Calls(new BlobClientOptions())));
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Makes what is missing; safe to be done by several silos at once.</summary>
    /// <returns>Null, or why the account can not be used.</returns>
    public async Task<string?> PrepareAsync(CancellationToken cancellationToken)
    {
        try
        {
            foreach (var table in (string[])[Members, Reminders, GrainState])
            {
                await _tables.CreateTableIfNotExistsAsync(table, cancellationToken);
            }

            await _keys.CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            return null;
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            return Reason(e);
        }
    }

    /// <param name="silo">Whose cluster it is.</param>
    /// <param name="grainStorage">The name of the grain storage.</param>
    public void Configure(ISiloBuilder silo, string grainStorage)
    {
        silo.UseAzureStorageClustering(options => (options.TableName, options.TableServiceClient) = (Members, _tables));
        silo.UseAzureTableReminderService(options => (options.TableName, options.TableServiceClient) = (Reminders, _tables));
        silo.AddAzureTableGrainStorage(grainStorage, options => (options.TableName, options.TableServiceClient) = (GrainState, _tables));
    }

    private static T Calls<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(2);
        options.Retry.NetworkTimeout = CallTimeout;
        return options;
    }

    private static string Reason(Exception failure) => failure switch
    {
        RequestFailedException { Status: 401 or 403 } refused =>
            $"it refused ({refused.ErrorCode}): check the connection string's key or signature, its rights, and the account's network rules.",
        RequestFailedException { Status: > 0 } refused => $"it answered {refused.Status} ({refused.ErrorCode}): check the account.",
        _ => $"it can not be reached ({failure.GetBaseException().Message}): check the network, the endpoints, and that the account exists.",
    };
}
