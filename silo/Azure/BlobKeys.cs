using System.Xml.Linq;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Orchestrator.Silo.Azure;

/// <summary>The key ring of all silos, a blob per key. Who may read the container may read the keys: encrypt at rest what must not be.</summary>
internal sealed class BlobKeys(BlobContainerClient container) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. container.GetBlobs().Select(blob => XElement.Parse(container.GetBlobClient(blob.Name).DownloadContent().Value.Content.ToString()))];

    public void StoreElement(XElement element, string friendlyName) =>
        container.GetBlobClient($"{friendlyName}.xml").Upload(BinaryData.FromString(element.ToString(SaveOptions.DisableFormatting)), overwrite: true);
}
