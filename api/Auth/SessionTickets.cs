using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Orchestrator.Api.Auth;

/// <summary>
/// The values of session cookies: until when, and of which key, encrypted and signed with Data Protection. The service keeps nothing of
/// them, so that a restart or another host of the same key ring takes them; a key that is removed from the configuration ends its sessions.
/// </summary>
internal sealed class SessionTickets(KeyRing keys, IDataProtectionProvider protection, TimeProvider clock)
{
    private const int MaxChars = 2048;
    private readonly IDataProtector _protector = protection.CreateProtector("Orchestrator.Api.Session.v1");

    public static TimeSpan Lifetime { get; } = TimeSpan.FromHours(12);

    /// <summary>Null: there is no such key.</summary>
    public (string Ticket, DateTimeOffset ExpiresAt)? TryIssue(string key)
    {
        if (keys.Find(key) is null)
        {
            return null;
        }

        // To the second, as a cookie tells it.
        var expires = DateTimeOffset.FromUnixTimeSeconds((clock.GetUtcNow() + Lifetime).ToUnixTimeSeconds());
        var ticket = new byte[sizeof(long) + KeyHash.ByteLength];
        BinaryPrimitives.WriteInt64BigEndian(ticket, expires.ToUnixTimeSeconds());
        KeyHash.Of(key).Bytes.CopyTo(ticket.AsSpan(sizeof(long)));
        return (Base64Url.EncodeToString(_protector.Protect(ticket)), expires);
    }

    /// <summary>Null: it is none of this service, it has expired, or its key is gone.</summary>
    public SignedIn? Read(string ticket)
    {
        if (ticket.Length > MaxChars || !Base64Url.IsValid(ticket))
        {
            return null;
        }

        byte[] opened;
        try
        {
            opened = _protector.Unprotect(Base64Url.DecodeFromChars(ticket));
        }
        catch (Exception failure) when (failure is CryptographicException or FormatException)
        {
            return null;
        }

        var expires = DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(opened));
        return expires > clock.GetUtcNow() && keys.Find(KeyHash.FromBytes(opened.AsSpan(sizeof(long)))) is { } caller
            ? new SignedIn(caller, expires)
            : null;
    }
}
