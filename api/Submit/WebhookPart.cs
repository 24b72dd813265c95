using System.Text.Json;
using Orchestrator.Api.Json;
using Orchestrator.Engine.Runs;

namespace Orchestrator.Api.Submit;

/// <summary><c>webhook</c>.</summary>
internal static class WebhookPart
{
    public static readonly IReadOnlyList<string> Events = ["run.completed", "run.failed", "run.cancelled"];

    public static WebhookSpec? Read(JsonFields run)
    {
        if (run.Object("webhook", SubmitFields.Webhook) is not { } webhook)
        {
            return null;
        }

        if (!webhook.TryGet("url", out _))
        {
            webhook.Problem("url", "The URL is missing: give an absolute http or https URL.");
        }

        var url = webhook.Text("url", SubmitLimits.UrlChars);
        if (url is not null && UrlProblem(url) is { } problem)
        {
            webhook.Problem("url", problem);
        }

        return new WebhookSpec { Url = url ?? "", Events = ReadEvents(webhook) };
    }

    private static string? UrlProblem(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https") || url.Host.Length == 0)
        {
            return "Give an absolute http or https URL.";
        }

        return url.UserInfo.Length > 0 ? "Remove the name and password from the URL: it is shown with the run." : null;
    }

    private static List<string> ReadEvents(JsonFields webhook)
    {
        var events = new List<string>();
        var index = 0;
        foreach (var item in webhook.Items("events"))
        {
            var below = JsonPointer.Append("", index++);
            var name = item.ValueKind == JsonValueKind.String ? item.GetString() : null;
            if (name is null || !Events.Contains(name, StringComparer.Ordinal))
            {
                webhook.Problem("events", below, $"Give {JsonKinds.Alternatives(Events)}.");
            }
            else if (!events.Contains(name, StringComparer.Ordinal))
            {
                events.Add(name);
            }
        }

        return events;
    }
}
