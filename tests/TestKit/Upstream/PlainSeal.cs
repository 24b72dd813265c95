using Orchestrator.Engine.Upstream;

namespace Orchestrator.TestKit.Upstream;

/// <summary>Seals nothing, but marks what it was given, so that a test sees whether it was asked.</summary>
public sealed class PlainSeal : ISecretSeal
{
    private const byte Mark = (byte)'#';

    public byte[] Seal(ReadOnlySpan<byte> secret) => [Mark, .. secret];

    public byte[] Open(ReadOnlySpan<byte> sealedSecret) =>
        sealedSecret is [Mark, .. var secret] ? secret.ToArray() : throw new System.Security.Cryptography.CryptographicException("Not sealed here.");
}
