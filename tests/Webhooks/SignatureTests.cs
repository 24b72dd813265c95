using System.Security.Cryptography;
using System.Text;
using Orchestrator.Engine.Webhooks;
using Orchestrator.Webhooks.Tests.Kit;

namespace Orchestrator.Webhooks.Tests;

public class SignatureTests
{
    private const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /// <summary>The example that the standard's own libraries are tested with.</summary>
    [Fact]
    public void Signatures_are_those_of_the_standards_libraries()
    {
        Assert.Equal(
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            WebhookSigner.FromSecret(Secret).Sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, "{\"test\": 2432232314}"u8));
    }

    [Fact]
    public void A_secret_without_the_prefix_is_its_text()
    {
        Assert.Equal(
            WebhookSigner.FromSecret($"whsec_{Convert.ToBase64String("plain"u8)}").Sign("msg_1", 1, "{}"u8),
            WebhookSigner.FromSecret("plain").Sign("msg_1", 1, "{}"u8));
    }

    [Fact]
    public async Task A_delivery_is_signed_over_its_id_its_timestamp_and_its_body()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync(("Secret", Secret));

        await service.SubmitEndedAsync(receiver.Url);
        var request = await receiver.NextAsync();

        var (timestamp, signature) = (request.Headers["webhook-timestamp"], request.Headers["webhook-signature"]);
        Assert.True(Verify(Secret, request.Id, timestamp, request.Body, signature));
        Assert.False(Verify(Secret, request.Id, timestamp, request.Body + " ", signature));
    }

    [Fact]
    public async Task Every_try_is_signed_with_its_own_time()
    {
        await using var receiver = await Receiver.StartAsync();
        await using var service = await Service.StartAsync(("Secret", Secret));
        receiver.Then(500);

        await service.SubmitEndedAsync(receiver.Url);
        await receiver.NextAsync();
        await service.Clock.WaitedForAsync(TimeSpan.FromSeconds(5));
        service.Clock.Advance(TimeSpan.FromSeconds(5));
        var second = await receiver.NextAsync();

        Assert.Equal("1795262405", second.Headers["webhook-timestamp"]);
        Assert.True(Verify(Secret, second.Id, "1795262405", second.Body, second.Headers["webhook-signature"]));
    }

    /// <summary>As <c>docs/webhooks.md</c> tells receivers to do it; of the time, the tests have their own idea.</summary>
    private static bool Verify(string secret, string id, string timestamp, string text, string signatures)
    {
        var body = Encoding.UTF8.GetBytes(text).AsSpan();
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{id}.{timestamp}."), .. body];
        var expected = Encoding.ASCII.GetBytes("v1," + Convert.ToBase64String(
            HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed)));
        return signatures.Split(' ').Any(one => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(one), expected));
    }
}
