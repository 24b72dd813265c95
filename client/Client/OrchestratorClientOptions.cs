using System.Security.Cryptography;

namespace Orchestrator.Client;

/// <summary>Settings of an <see cref="OrchestratorClient"/>.</summary>
public sealed class OrchestratorClientOptions
{
    /// <summary>Where a service listens that nobody configured.</summary>
    public static readonly Uri DefaultBaseAddress = new("http://127.0.0.1:5080");

    /// <summary>Where the service is; a path is kept. Null: the <see cref="HttpClient"/>'s base address, else <see cref="DefaultBaseAddress"/>.</summary>
    public Uri? BaseAddress { get; init; }

    /// <summary>Sent as a bearer token. Null where the service is open.</summary>
    public string? ApiKey { get; init; }

    /// <summary>For calls: by default tried again for 15 s when the service can not be reached or is busy, if that is safe.</summary>
    public BackoffPolicy Calls { get; init; } = new() { GiveUpAfter = TimeSpan.FromSeconds(15) };

    /// <summary>For event streams: by default reconnected for 10 min without a sign of life.</summary>
    public BackoffPolicy Reconnect { get; init; } = new();

    /// <summary>Silence on an event stream that counts as a drop. The service sends at least a comment each 15 s. Default 45 s.</summary>
    public TimeSpan IdleLimit { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>Give every submit that has no idempotency key a fresh one, so that a submit whose answer was lost is safely sent again. Default true.</summary>
    public bool GenerateIdempotencyKeys { get; init; } = true;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>Numbers from 0 (included) to 1 (excluded), for jitter; called from any thread.</summary>
    public Func<double> Random { get; init; } = () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    internal void Check(string name)
    {
        Calls.Check(name);
        Reconnect.Check(name);
        if (IdleLimit <= TimeSpan.Zero)
        {
            throw new ArgumentException($"IdleLimit must be positive, not {IdleLimit}; the service is heard of each 15 s.", name);
        }
    }
}
