using Orchestrator.Engine.Webhooks;
using Orchestrator.Standalone.Settings;

namespace Orchestrator.Standalone.Webhooks;

/// <summary>The section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>What deliveries are signed with: <c>whsec_</c> and base64, or any other text. Null: they are not signed.</summary>
    public string? Secret { get; set; }

    /// <summary>How long a receiver may take to answer.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Between the first try and the second; each wait after it is twice as long, up to <see cref="MaxDelay"/>.</summary>
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long tries go on after the first.</summary>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Tries that are under way at the same time.</summary>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>Of those, to one host and port.</summary>
    public int MaxConcurrencyPerReceiver { get; set; } = 8;

    /// <summary>
    /// Whether a receiver may have a loopback, private or link-local address. For a service that others than its operator submit runs to,
    /// this is to be false: they choose the URLs. Proxies are not used then, since behind one the receiver's address is not seen.
    /// </summary>
    public bool AllowPrivateNetworks { get; set; } = true;

    /// <summary>
    /// How long after its submission a run's delivery is remembered as made, so that repeating the submission does not repeat it.
    /// </summary>
    public TimeSpan RememberFor { get; set; } = TimeSpan.FromDays(30);

    /// <exception cref="SettingsException">A setting can not be followed.</exception>
    internal static WebhookOptions Read(IConfiguration configuration)
    {
        WebhookOptions options;
        try
        {
            options = configuration.GetSection("Webhooks").Get<WebhookOptions>() ?? new WebhookOptions();
        }
        catch (InvalidOperationException problem)
        {
            throw new SettingsException($"The section Webhooks: {problem.Message}");
        }

        options.Validate();
        return options;
    }

    /// <exception cref="SettingsException">There is no key in the secret.</exception>
    internal WebhookSigner? ToSigner()
    {
        try
        {
            return Secret is null ? null : WebhookSigner.FromSecret(Secret);
        }
        catch (FormatException problem)
        {
            throw new SettingsException($"Webhooks:Secret can not be used: {problem.Message} Give whsec_ and base64, or remove it.");
        }
    }

    internal WebhookSchedule ToSchedule() => new() { FirstDelay = FirstDelay, MaxDelay = MaxDelay, GiveUpAfter = GiveUpAfter };

    internal DeliveryLimits ToLimits() => new(MaxConcurrency, MaxConcurrencyPerReceiver);

    private void Validate()
    {
        Within(nameof(Timeout), Timeout, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10));
        Within(nameof(FirstDelay), FirstDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromDays(1));
        Within(nameof(MaxDelay), MaxDelay, FirstDelay, TimeSpan.FromDays(1));
        Within(nameof(GiveUpAfter), GiveUpAfter, TimeSpan.Zero, TimeSpan.FromDays(30));
        Within(nameof(RememberFor), RememberFor, TimeSpan.Zero, TimeSpan.FromDays(3650));
        Within(nameof(MaxConcurrency), MaxConcurrency, 1, 1024);
        Within(nameof(MaxConcurrencyPerReceiver), MaxConcurrencyPerReceiver, 1, MaxConcurrency);
        ToSigner();
    }

    private static void Within<T>(string name, T value, T least, T most)
        where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
        {
            throw new SettingsException($"Webhooks:{name} is {value}; it must be from {least} to {most}.");
        }
    }
}
