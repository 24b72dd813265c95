namespace Orchestrator.Gateway.Tests.Transports;

/// <summary>Every row of the table.</summary>
public sealed class TransportSelectionTests
{
    private const string OnCatalog = "openai/gpt-5-mini";
    private const string OffCatalog = "mistral/large";
    private const string RunOnly = "alibaba/qwen3";
    private const string Native = "@cf/meta/llama-3.1-8b-instruct";

    public static TheoryData<string, string> AsksForGateway => new()
    {
        { "cacheTtl", "gateway/cacheTtl" },
        { "skipCache", "gateway/skipCache" },
        { "server", "fallback/mode" },
        { "gateway", "transport" },
        { "byok", "byok" },
    };

    [Theory]
    [InlineData(OnCatalog)]
    [InlineData("anthropic/claude-haiku-4.5")]
    [InlineData("deepseek/chat")]
    [InlineData("grok/grok-4")]
    [InlineData(RunOnly)]
    [InlineData("minimax/m2")]
    public void Nothing_special_on_the_run_catalog_takes_the_run_path_with_resume(string model)
    {
        foreach (var transport in new TransportKind?[] { null, TransportKind.Run })
        {
            foreach (var resume in new bool?[] { null, true })
            {
                AssertChoice(Request(model) with { Transport = transport, Resume = resume }, TransportKind.Run, resume: true, warnings: 0);
            }
        }
    }

    [Fact]
    public void Resume_can_be_declined() =>
        AssertChoice(Request(OnCatalog) with { Resume = false }, TransportKind.Run, resume: false, warnings: 0);

    [Fact]
    public void A_cache_that_is_not_skipped_is_nothing_special() =>
        AssertChoice(Request(OnCatalog) with { SkipCache = false }, TransportKind.Run, resume: true, warnings: 0);

    [Theory]
    [MemberData(nameof(AsksForGateway))]
    public void What_needs_the_gateway_path_takes_it_without_resume_and_with_a_warning(string ask, string field)
    {
        Assert.NotEmpty(field);
        AssertChoice(Asking(OnCatalog, ask), TransportKind.Gateway, resume: false, warnings: 1);
        AssertChoice(Asking(OnCatalog, ask) with { Resume = false }, TransportKind.Gateway, resume: false, warnings: 0);
        AssertChoice(Asking(Native, ask), TransportKind.Gateway, resume: false, warnings: 1);
    }

    [Theory]
    [MemberData(nameof(AsksForGateway))]
    public void The_same_with_an_explicit_resume_is_refused(string ask, string field)
    {
        var problem = Assert.Single(Refused(Asking(OnCatalog, ask) with { Resume = true }));

        Assert.Equal("resume", problem.Field);
        Assert.Contains(field.Split('/')[^1] switch { "mode" => "fallback.mode", var name => name }, problem.Message, StringComparison.Ordinal);
        Assert.Contains("Leave resume unset", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cacheTtl")]
    [InlineData("skipCache")]
    [InlineData("server")]
    [InlineData("byok")]
    public void The_same_with_an_explicit_run_path_is_refused(string ask)
    {
        Assert.Equal(["transport"], Fields(Asking(OnCatalog, ask) with { Transport = TransportKind.Run }));
        Assert.Equal(["resume", "transport"], Fields(Asking(OnCatalog, ask) with { Transport = TransportKind.Run, Resume = true }));
    }

    [Fact]
    public void A_provider_off_the_run_catalog_takes_the_gateway_path()
    {
        AssertChoice(Request(OffCatalog), TransportKind.Gateway, resume: false, warnings: 1);
        AssertChoice(Request(OffCatalog) with { Transport = TransportKind.Gateway }, TransportKind.Gateway, resume: false, warnings: 1);
        AssertChoice(Request(OffCatalog) with { Resume = false }, TransportKind.Gateway, resume: false, warnings: 0);
        Assert.Equal(["resume"], Fields(Request(OffCatalog) with { Resume = true }));
        Assert.Equal(["transport"], Fields(Request(OffCatalog) with { Transport = TransportKind.Run }));
        Assert.Contains("mistral", Refused(Request(OffCatalog) with { Resume = true })[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AsksForGateway))]
    public void A_run_only_provider_with_anything_that_needs_the_gateway_path_is_refused(string ask, string field)
    {
        foreach (var resume in new bool?[] { null, true, false })
        {
            var problem = Assert.Single(Refused(Asking(RunOnly, ask) with { Resume = resume }));
            Assert.Equal(field, problem.Field);
            Assert.Contains("alibaba", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_conflict_of_a_run_only_provider_is_named() =>
        Assert.Equal(
            ["gateway/cacheTtl", "byok"],
            Fields(Request("minimax/m2") with { CacheTtl = 60, Byok = true }));

    [Fact]
    public void Workers_AI_models_take_the_run_path_and_can_not_be_resumed()
    {
        AssertChoice(Request(Native), TransportKind.Run, resume: false, warnings: 1);
        AssertChoice(Request(Native) with { Resume = false }, TransportKind.Run, resume: false, warnings: 0);
        Assert.Equal(["resume"], Fields(Request(Native) with { Resume = true }));
    }

    [Fact]
    public void A_provider_that_is_not_known_is_refused() => Assert.Equal(["model"], Fields(Request("newcomer/model")));

    private static SelectionRequest Asking(string model, string ask) => ask switch
    {
        "cacheTtl" => Request(model) with { CacheTtl = 60 },
        "skipCache" => Request(model) with { SkipCache = true },
        "server" => Request(model) with { ServerFallback = true },
        "gateway" => Request(model) with { Transport = TransportKind.Gateway },
        _ => Request(model) with { Byok = true },
    };

    private static SelectionRequest Request(string model)
    {
        Assert.True(ModelSlug.TryParse(model, out var slug));
        return new SelectionRequest { Model = slug };
    }

    private static void AssertChoice(SelectionRequest request, TransportKind transport, bool resume, int warnings)
    {
        var choice = Assert.IsType<TransportChoice>(TransportSelection.Select(request));
        Assert.Equal((transport, resume, warnings), (choice.Transport, choice.Resume, choice.Warnings.Count));
    }

    private static IReadOnlyList<ConfigProblem> Refused(SelectionRequest request) =>
        Assert.IsType<TransportRefusal>(TransportSelection.Select(request)).Problems;

    private static string[] Fields(SelectionRequest request) => [.. Refused(request).Select(problem => problem.Field)];
}
