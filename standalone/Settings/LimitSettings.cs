using Orchestrator.Engine.Turns;

namespace Orchestrator.Standalone.Settings;

/// <summary>The section <c>Limits</c>: what the account may send to the upstream.</summary>
internal static class LimitSettings
{
    /// <param name="section">What is set goes over the defaults; models and prices are put before them.</param>
    /// <param name="limits">The defaults.</param>
    /// <exception cref="SettingsException">A limit can not be followed.</exception>
    public static void Read(IConfiguration section, LimitOptions limits)
    {
        ModelLimit[] models = [.. limits.Models];
        limits.Models.Clear();
        try
        {
            section.Bind(limits);
        }
        catch (InvalidOperationException problem)
        {
            throw new SettingsException($"The section Limits can not be read: {problem.Message}");
        }

        Check(limits);
        limits.Models.AddRange(models);
    }

    private static void Check(LimitOptions limits)
    {
        foreach (var (task, requests) in limits.RequestsPerMinute)
        {
            Need(requests >= 0, $"Limits:RequestsPerMinute:{task}", "a number of requests, or 0 for no limit");
        }

        for (var i = 0; i < limits.Models.Count; i++)
        {
            var model = limits.Models[i];
            Need(model.Model.Length > 0, $"Limits:Models:{i}:Model", "the name of a model, or its beginning with a * behind it");
            Need(model.Requests >= 0, $"Limits:Models:{i}:Requests", "a number of requests, or 0 for no limit");
            Need(model.WindowSeconds is >= 0.001 and <= 86_400, $"Limits:Models:{i}:WindowSeconds", "seconds, up to a day");
        }

        Need(limits.NeuronsPerDay is >= 0 and < double.PositiveInfinity, "Limits:NeuronsPerDay", "a number of neurons, or 0 for no budget");
        Need(limits.OverBudget is OverBudget.Wait or OverBudget.Fail, "Limits:OverBudget", "Wait or Fail");
        for (var i = 0; i < limits.Prices.Count; i++)
        {
            var price = limits.Prices[i];
            Need(price.Model.Length > 0, $"Limits:Prices:{i}:Model", "the name of a model, or its beginning with a * behind it");
            Need(IsPrice(price.Input) && IsPrice(price.Output) && IsPrice(price.Request), $"Limits:Prices:{i}", "neurons of 0 or more");
        }
    }

    private static bool IsPrice(double neurons) => neurons is >= 0 and < double.PositiveInfinity;

    private static void Need(bool holds, string key, string what)
    {
        if (!holds)
        {
            throw new SettingsException($"{key} can not be followed: give {what}.");
        }
    }
}
