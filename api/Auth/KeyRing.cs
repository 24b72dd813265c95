namespace Orchestrator.Api.Auth;

/// <summary>The keys of all tenants.</summary>
internal sealed class KeyRing(IReadOnlyList<AccessKey> keys)
{
    /// <summary>No keys: anybody on this machine may call.</summary>
    public bool IsOpen => keys.Count == 0;

    /// <summary>Null: there is no such key.</summary>
    public Caller? Find(string key) => Find(KeyHash.Of(key));

    /// <inheritdoc cref="Find(string)"/>
    public Caller? Find(KeyHash presented)
    {
        Caller? caller = null;

        // Every key is compared, so that the time tells nothing of which one it was.
        foreach (var known in keys)
        {
            if (known.Hash.Matches(presented))
            {
                caller = known.Caller;
            }
        }

        return caller;
    }
}
