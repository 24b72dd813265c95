using Microsoft.Extensions.Logging;

namespace Orchestrator.Webhooks.Tests.Kit;

internal sealed record LogLine(LogLevel Level, string Name, string Text);
