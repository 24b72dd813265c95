namespace Orchestrator.Engine.Upstream;

/// <summary>Encrypts what must survive a crash and never be read: header values and keys. Thread-safe.</summary>
public interface ISecretSeal
{
    byte[] Seal(ReadOnlySpan<byte> secret);

    /// <exception cref="System.Security.Cryptography.CryptographicException">The key is gone or the bytes are not sealed by it.</exception>
    byte[] Open(ReadOnlySpan<byte> sealedSecret);
}
