using System.Text.RegularExpressions;
using Orchestrator.Journals.AzureBlobs.Blobs;

namespace Orchestrator.Journals.AzureBlobs;

/// <summary>The journal in a container of an Azure Storage account.</summary>
public sealed partial record AzureBlobsJournalOptions
{
    /// <summary>The account's connection string, as its portal shows it.</summary>
    public required string ConnectionString { get; init; }

    /// <summary>The container: 3 to 63 lower case letters, digits and single hyphens. Made where it does not exist.</summary>
    public string Container { get; init; } = "orchestrator";

    /// <summary>How long a single call to the service may take. An append that takes longer is in doubt, and found out about.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public JournalOptions Journal { get; init; } = new();

    /// <summary>Account and container, for people: no key.</summary>
    /// <exception cref="ArgumentException">An option can not be followed.</exception>
    public string Location => new BlobStore(this).Place;

    /// <exception cref="ArgumentException">An option can not be followed.</exception>
    internal static AzureBlobsJournalOptions Validate(AzureBlobsJournalOptions options)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
        {
            throw new ArgumentException("The connection string is missing: give the account's, as its portal shows it.", nameof(options));
        }

        if (!ContainerName().IsMatch(options.Container))
        {
            throw new ArgumentException(
                $"'{options.Container}' is no name of a container: give 3 to 63 lower case letters, digits and single hyphens.",
                nameof(options));
        }

        return options.CallTimeout > TimeSpan.Zero
            ? options
            : throw new ArgumentException("CallTimeout must be longer than nothing.", nameof(options));
    }

    /// <summary>Without the connection string, which holds a key.</summary>
    public override string ToString() => $"AzureBlobsJournalOptions {{ Container = {Container} }}";

    [GeneratedRegex(
        "^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ContainerName();
}
