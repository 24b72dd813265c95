namespace Orchestrator.Engine.Turns;

/// <summary>Prices as Cloudflare's documentation has them; a model that is not there counts as a middling one.</summary>
internal static class NeuronPrices
{
    public static readonly IReadOnlyList<NeuronPrice> Known =
    [
        Of("@cf/meta/llama-3.2-1b-instruct", 2_457, 18_252),
        Of("@cf/meta/llama-3.2-3b-instruct", 4_625, 30_475),
        Of("@cf/meta/llama-3.1-8b-instruct-fp8-fast", 4_119, 34_868),
        Of("@cf/meta/llama-3.2-11b-vision-instruct", 4_410, 61_493),
        Of("@cf/meta/llama-3.1-70b-instruct-fp8-fast", 26_668, 204_805),
        Of("@cf/meta/llama-3.3-70b-instruct-fp8-fast", 26_668, 204_805),
        Of("@cf/deepseek-ai/deepseek-r1-distill-qwen-32b", 45_170, 443_756),
        Of("@cf/mistral/mistral-7b-instruct-v0.1", 10_000, 17_300),
        Of("@cf/meta/llama-3.1-8b-instruct-fp8", 13_778, 26_128),
        Of("@cf/meta/llama-3.1-8b-instruct-awq", 11_161, 24_215),
        Of("@cf/meta/llama-2-7b-chat-fp16", 50_505, 606_061),
        Of("@cf/huggingface/distilbert-sst-2-int8", 2_394, 0),
        Of("@cf/baai/bge-small-en-v1.5", 1_841, 0),
        Of("@cf/baai/bge-base-en-v1.5", 6_058, 0),
        Of("@cf/baai/bge-large-en-v1.5", 18_582, 0),
        Of("@cf/meta/m2m100-1.2b", 31_050, 31_050),
        new NeuronPrice { Model = "@cf/openai/whisper*", Request = 41.14 },
        new NeuronPrice { Model = "@cf/black-forest-labs/flux-1-schnell", Request = 57.6 },
        Of("@cf/*", 25_608, 75_147),
    ];

    private static NeuronPrice Of(string model, double input, double output) => new() { Model = model, Input = input, Output = output };
}
