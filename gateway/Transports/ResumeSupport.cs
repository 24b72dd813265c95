namespace Orchestrator.Gateway;

/// <summary>Whether what is configured can take up a broken stream of the run path. The numbers never change.</summary>
public enum ResumeSupport : byte
{
    /// <summary>The REST API, which gives no run id today.</summary>
    No = 1,

    /// <summary>The bridge.</summary>
    Yes = 2,

    /// <summary>The REST API, with a resume URL configured for the day it gives one.</summary>
    WhereTheAnswerSays = 3,
}
