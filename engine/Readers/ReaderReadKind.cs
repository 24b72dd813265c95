namespace Orchestrator.Engine.Readers;

public enum ReaderReadKind
{
    /// <summary>Bytes to pass on.</summary>
    Data = 1,

    /// <summary>Nothing happened for the keep-alive interval.</summary>
    Quiet = 2,

    /// <summary>All there is, and ever will be, has been read.</summary>
    End = 3,

    /// <summary>What is read here goes on elsewhere: the connection should break, so that the client comes back with its cursor.</summary>
    Moved = 4,
}
