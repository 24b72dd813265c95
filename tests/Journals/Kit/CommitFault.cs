namespace Orchestrator.Journals.Tests.Kit;

internal enum CommitFault
{
    None,

    /// <summary>Fails, and certainly did nothing.</summary>
    Refused,

    /// <summary>In doubt; it was done.</summary>
    AnswerLost,

    /// <summary>In doubt; it was not done.</summary>
    LostOnTheWay,
}
