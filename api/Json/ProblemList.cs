using Orchestrator.Api.Problems;

namespace Orchestrator.Api.Json;

/// <summary>Everything found wrong with one body, in the order it was found, each once.</summary>
internal sealed class ProblemList
{
    /// <summary>So that a body made of nothing but mistakes does not get an answer of its own size.</summary>
    private const int Max = 200;

    private readonly List<ProblemError> _errors = [];
    private readonly HashSet<ProblemError> _seen = [];
    private bool _onlyConfig = true;

    public bool IsEmpty => _errors.Count == 0;

    public bool IsFull => _errors.Count >= Max;

    public void Add(string pointer, string message)
    {
        _onlyConfig = false;
        AddOnce(pointer, message);
    }

    /// <summary>A combination that can not be had, of parts that are each fine.</summary>
    public void AddConfig(string pointer, string message) => AddOnce(pointer, message);

    public Problem ToProblem() => _onlyConfig ? KnownProblems.Config(_errors) : KnownProblems.Invalid(_errors);

    private void AddOnce(string pointer, string message)
    {
        var error = new ProblemError(ProblemPlace.Pointer, pointer, message);
        if (!IsFull && _seen.Add(error))
        {
            _errors.Add(error);
        }
    }
}
