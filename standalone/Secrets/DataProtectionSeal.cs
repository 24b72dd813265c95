using Microsoft.AspNetCore.DataProtection;
using Orchestrator.Engine.Upstream;

namespace Orchestrator.Standalone.Secrets;

/// <summary>Seals with ASP.NET Data Protection; the key ring lies under the data directory and rolls over by itself.</summary>
public sealed class DataProtectionSeal(IDataProtectionProvider provider) : ISecretSeal
{
    private readonly IDataProtector _protector = provider.CreateProtector("Orchestrator.Runs.ExtraHeaders.v1");

    public byte[] Seal(ReadOnlySpan<byte> secret) => _protector.Protect(secret.ToArray());

    public byte[] Open(ReadOnlySpan<byte> sealedSecret) => _protector.Unprotect(sealedSecret.ToArray());
}
