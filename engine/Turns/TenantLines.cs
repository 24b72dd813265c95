namespace Orchestrator.Engine.Turns;

/// <summary>Those who wait: a line for each tenant, the oldest run first, and the tenants in rotation. Not thread-safe.</summary>
internal sealed class TenantLines
{
    private readonly List<(string Tenant, PriorityQueue<PlaceInLine, (long, long)> Line)> _tenants = [];
    private int _next;

    public int Count { get; private set; }

    public void Enqueue(PlaceInLine place)
    {
        LineOf(place.Request.Tenant).Enqueue(place, place.Rank);
        Count++;
    }

    /// <summary>There is at least one.</summary>
    public PlaceInLine Dequeue()
    {
        _next %= _tenants.Count;
        var line = _tenants[_next].Line;
        var place = line.Dequeue();
        Count--;
        if (line.Count == 0)
        {
            _tenants.RemoveAt(_next);
        }
        else
        {
            _next++;
        }

        return place;
    }

    /// <summary>False: it is not here any more.</summary>
    public bool Remove(PlaceInLine place)
    {
        var tenant = _tenants.FindIndex(each => each.Tenant == place.Request.Tenant);
        if (tenant < 0 || !_tenants[tenant].Line.Remove(place, out _, out _))
        {
            return false;
        }

        Count--;
        if (_tenants[tenant].Line.Count == 0)
        {
            _tenants.RemoveAt(tenant);
            _next -= tenant < _next ? 1 : 0;
        }

        return true;
    }

    /// <summary>How many of those here go before a run of that tenant and rank.</summary>
    public int Ahead(string tenant, (long, long) rank)
    {
        var own = 0;
        foreach (var (other, line) in _tenants)
        {
            own += other == tenant ? line.UnorderedItems.Count(item => item.Priority.CompareTo(rank) < 0) : 0;
        }

        // Every other tenant has its turn once for each of the tenant's own.
        return own + _tenants.Sum(each => each.Tenant == tenant ? 0 : Math.Min(each.Line.Count, own));
    }

    private PriorityQueue<PlaceInLine, (long, long)> LineOf(string tenant)
    {
        var index = _tenants.FindIndex(each => each.Tenant == tenant);
        if (index >= 0)
        {
            return _tenants[index].Line;
        }

        var line = new PriorityQueue<PlaceInLine, (long, long)>();
        _tenants.Add((tenant, line));
        return line;
    }
}
