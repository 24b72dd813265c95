using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Execution;
using Orchestrator.Engine.Hosting;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Standalone.Webhooks;

namespace Orchestrator.Webhooks.Tests.Kit;

/// <summary>
/// The webhooks as the service wires them, over fake runs, on a directory of their own; can be stopped and started again.
/// </summary>
internal sealed class Service : IAsyncDisposable
{
    public const string Tenant = "t1";

    /// <summary>Unlike any delay, so that tests can tell what is waited for.</summary>
    public static readonly TimeSpan ReceiverTimeout = TimeSpan.FromSeconds(7);

    private readonly Dictionary<string, string?> _settings;
    private readonly string _data = Directory.CreateTempSubdirectory("webhooks-").FullName;
    private ServiceProvider? _provider;

    public Service(params (string Key, string Value)[] settings)
    {
        Runs = new FakeRuns(Clock);
        _settings = settings.ToDictionary(
            static setting => $"Webhooks:{setting.Key}", static setting => (string?)setting.Value, StringComparer.Ordinal);
        _settings.TryAdd("Webhooks:Timeout", ReceiverTimeout.ToString());
    }

    public ManualClock Clock { get; } = new();

    public LogBook Logs { get; } = new();

    public FakeRuns Runs { get; }

    public string OutboxDirectory => Path.Combine(_data, "webhooks");

    /// <summary>The names of the deliveries that are owed.</summary>
    public string[] Owed => [.. Directory.GetFiles(OutboxDirectory).Select(static path => Path.GetFileName(path))];

    public IWebhookOutbox Outbox => _provider!.GetRequiredService<IWebhookOutbox>();

    public static async Task<Service> StartAsync(params (string Key, string Value)[] settings)
    {
        var service = new Service(settings);
        await service.StartAsync();
        return service;
    }

    /// <summary>All but the dispatcher is there: the outbox is the test's alone.</summary>
    public static Service WithoutDispatcher(params (string Key, string Value)[] settings)
    {
        var service = new Service(settings);
        service._provider = service.Provide();
        return service;
    }

    public async Task StartAsync()
    {
        _provider = Provide();
        foreach (var host in _provider.GetServices<IHostedService>())
        {
            await host.StartAsync(CancellationToken.None);
        }
    }

    public async Task StopAsync()
    {
        if (_provider is not { } provider)
        {
            return;
        }

        _provider = null;
        foreach (var host in provider.GetServices<IHostedService>())
        {
            await host.StopAsync(CancellationToken.None).WaitAsync(Patience.Span);
        }

        await provider.DisposeAsync();
    }

    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public static Submission Submission(string? url, string? key = null, params string[] events) => new()
    {
        Tenant = Tenant,
        Spec = new RunSpec { Model = "openai/gpt-5-mini", Webhook = url is null ? null : new WebhookSpec { Url = url, Events = events } },
        Inputs = new RunInputs(default, RunInputs.None),
        IdempotencyKey = key,
    };

    public async Task<RunId> SubmitAsync(string? url, string? key = null, params string[] events) =>
        await _provider!.GetRequiredService<IRuns>().SubmitAsync(Submission(url, key, events), CancellationToken.None) switch
        {
            SubmitOutcome.Accepted accepted => accepted.Run.Id,
            SubmitOutcome.Repeated repeated => repeated.Run.Id,
            var other => throw new InvalidOperationException($"The submission was answered {other}."),
        };

    public async Task<RunId> SubmitEndedAsync(string url, params string[] events)
    {
        var id = await SubmitAsync(url, null, events);
        Runs.End(id);
        return id;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(_data, recursive: true);
    }

    private ServiceProvider Provide()
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(Logs));
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(new Jitter(new StillRandom()));
        services.AddSingleton(Runs);
        services.AddWebhooks<FakeRuns>(new ConfigurationBuilder().AddInMemoryCollection(_settings).Build(), _data);
        return services.BuildServiceProvider();
    }
}
