using System.Runtime.CompilerServices;

namespace Orchestrator.Engine.State;

/// <summary>The entry numbers of an attempt's last few upstream events: where a re-attach looks for what it compares with.</summary>
[InlineArray(Capacity)]
internal struct RecentNumbers
{
    /// <summary>How many events back a re-attach asks (<c>gateway.md</c> §2).</summary>
    public const int Capacity = 4;

    private long _first;
}
