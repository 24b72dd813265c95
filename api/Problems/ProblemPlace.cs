namespace Orchestrator.Api.Problems;

/// <summary>What part of a request a problem is in. The names are those of the member that tells it.</summary>
internal enum ProblemPlace
{
    /// <summary>A JSON pointer into the body.</summary>
    Pointer = 1,

    /// <summary>A parameter of the query.</summary>
    Parameter = 2,

    Header = 3,
}
