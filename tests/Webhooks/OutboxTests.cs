using Microsoft.Extensions.Logging;
using Orchestrator.Engine.Runs;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public class OutboxTests
{
    [Theory]
    [InlineData("")]
    [InlineData("{\"run\":\"run_")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"run\":\"run_01ARZ3NDEKTSV4RRFFQ69G5FAV\",\"tenant\":null,\"url\":\"x\",\"events\":[],\"createdAt\":\"2026-11-21T12:00:00Z\"}")]
    [InlineData("{\"run\":\"nonsense\",\"tenant\":\"t1\",\"url\":\"x\",\"events\":[],\"createdAt\":\"2026-11-21T12:00:00Z\"}")]
    [InlineData("{\"run\":\"run_01ARZ3NDEKTSV4RRFFQ69G5FAW\",\"tenant\":\"t1\",\"url\":\"x\",\"events\":[],\"createdAt\":\"2026-11-21T12:00:00Z\"}")]
    public async Task An_unreadable_file_is_set_aside_and_the_rest_goes_on(string content)
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        var run = await service.SubmitAsync(receiver.Url);
        await service.StopAsync();
        const string Name = "run_01ARZ3NDEKTSV4RRFFQ69G5FAV.json";
        await File.WriteAllTextAsync(Path.Combine(service.OutboxDirectory, Name), content);

        await service.StartAsync();
        service.Runs.End(run);
        await receiver.NextAsync();
        await service.Logs.SeenAsync("Delivered");

        Assert.Equal(LogLevel.Warning, (await service.Logs.SeenAsync("SetAside")).Level);
        Assert.Equal([$"{Name}.unreadable"], service.Owed);
        Assert.Equal(content, await File.ReadAllTextAsync(Path.Combine(service.OutboxDirectory, $"{Name}.unreadable")));
    }

    [Fact]
    public async Task What_a_crash_left_half_written_is_cleared_away()
    {
        await using var service = await Service.StartAsync();
        await service.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(service.OutboxDirectory, "run_01ARZ3NDEKTSV4RRFFQ69G5FAV.json.tmp"), "{\"run\":");

        await service.StartAsync();

        Assert.Empty(await service.Outbox.ListAsync(CancellationToken.None));
        Assert.Empty(service.Owed);
    }

    [Fact]
    public async Task A_crash_in_the_middle_of_settling_leaves_it_settled()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync();
        var run = await service.SubmitAsync(receiver.Url);
        var path = Path.Combine(service.OutboxDirectory, $"{run}.json");
        var content = await File.ReadAllBytesAsync(path);
        service.Runs.End(run);
        await service.Logs.SeenAsync("Delivered");
        await service.StopAsync();
        await File.WriteAllBytesAsync(path, content);

        await service.StartAsync();
        Assert.Empty(await service.Outbox.ListAsync(CancellationToken.None));

        Assert.Empty(service.Owed);
        Assert.Equal(1, receiver.Count);
    }

    [Fact]
    public async Task All_that_is_known_of_a_delivery_is_kept()
    {
        await using var service = Service.WithoutDispatcher();
        var delivery = Delivery(service, 1) with
        {
            Webhook = new WebhookSpec { Url = "https://example.com/ä?x=\"1\"", Events = ["run.failed", "run.cancelled"] },
        };
        Assert.True(await service.Outbox.TryAddAsync(delivery, CancellationToken.None));
        var tried = delivery with
        {
            Tries = 3,
            FirstTryAt = delivery.CreatedAt.AddSeconds(1),
            NextTryAt = delivery.CreatedAt.AddTicks(1234567),
        };
        await service.Outbox.RecordAsync(tried, CancellationToken.None);

        var listed = Assert.Single(await service.Outbox.ListAsync(CancellationToken.None));

        Assert.Equal(tried.Webhook.Events, listed.Webhook.Events);
        Assert.Equal(tried.Webhook.Url, listed.Webhook.Url);
        Assert.Equal(tried, listed with { Webhook = tried.Webhook });
    }

    [Fact]
    public async Task Of_many_that_add_the_same_delivery_at_once_one_succeeds()
    {
        await using var service = Service.WithoutDispatcher();
        var delivery = Delivery(service, 1);

        var added = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ =>
            Task.Run(() => service.Outbox.TryAddAsync(delivery, CancellationToken.None).AsTask())));

        Assert.Single(added, static one => one);
        Assert.Single(service.Owed);
    }

    [Fact]
    public async Task Deliveries_are_listed_oldest_run_first()
    {
        await using var service = Service.WithoutDispatcher();
        var deliveries = new List<WebhookDelivery>();
        for (var seed = 0; seed < 20; seed++)
        {
            service.Clock.Advance(TimeSpan.FromSeconds(1));
            deliveries.Add(Delivery(service, seed));
            await service.Outbox.TryAddAsync(deliveries[^1], CancellationToken.None);
        }

        var listed = await service.Outbox.ListAsync(CancellationToken.None);

        Assert.Equal(deliveries.Select(static delivery => delivery.Run), listed.Select(static delivery => delivery.Run));
    }

    [Fact]
    public async Task Settled_deliveries_are_remembered_for_a_while_and_not_for_ever()
    {
        await using var service = Service.WithoutDispatcher(("RememberFor", "2.00:00:00"));
        var old = Delivery(service, 1);
        await service.Outbox.SettleAsync(old, CancellationToken.None);
        service.Clock.Advance(TimeSpan.FromDays(2));
        await service.Outbox.SettleAsync(Delivery(service, 2), CancellationToken.None);
        Assert.False(await service.Outbox.TryAddAsync(old, CancellationToken.None));

        service.Clock.Advance(TimeSpan.FromDays(1));
        await service.Outbox.SettleAsync(Delivery(service, 3), CancellationToken.None);

        Assert.True(await service.Outbox.TryAddAsync(old, CancellationToken.None));
        Assert.Equal(2, Directory.GetDirectories(Path.Combine(service.OutboxDirectory, "settled")).Length);
    }

    [Fact]
    public async Task Nobody_else_on_the_machine_can_read_it()
    {
        if (OperatingSystem.IsWindows())
        {
            // There the directory inherits the rights of the one above it.
            return;
        }

        await using var service = Service.WithoutDispatcher();
        await service.Outbox.TryAddAsync(Delivery(service, 1), CancellationToken.None);

        const UnixFileMode Others = (UnixFileMode)0b111_111;
        Assert.Equal(default, File.GetUnixFileMode(service.OutboxDirectory) & Others);
        Assert.Equal(default, File.GetUnixFileMode(Path.Combine(service.OutboxDirectory, Assert.Single(service.Owed))) & Others);
    }

    private static WebhookDelivery Delivery(Service service, int seed) => new()
    {
        Run = RunId.Create(service.Clock.GetUtcNow(), new Random(seed)),
        Tenant = Service.Tenant,
        Webhook = new WebhookSpec { Url = "https://example.com" },
        CreatedAt = service.Clock.GetUtcNow(),
    };
}
