using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using Orchestrator.Emulator.Tests.Kit;

namespace Orchestrator.Emulator.Tests.Tasks;

/// <summary>Images and sounds are files that decode.</summary>
public sealed class MediaTests
{
    private const string Sdxl = "@cf/stabilityai/stable-diffusion-xl-base-1.0";
    private const string Flux = "@cf/black-forest-labs/flux-1-schnell";
    private const string Aura = "@cf/deepgram/aura-1";

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 48)]
    [InlineData(257, 130)]
    public async Task An_image_is_a_PNG_of_the_size_that_was_asked_for(int width, int height)
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync(Sdxl, new { prompt = "a lighthouse", width, height, seed = 1 });

        Assert.Equal("image/png", reply.Headers["content-type"]);
        Assert.Equal((width, height, height * (1 + (width * 3))), Decode(reply.Body));
    }

    [Fact]
    public async Task Some_models_put_it_into_JSON()
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync(Flux, new { prompt = "a lighthouse", width = 16, height = 16, seed = 1 });

        Assert.Equal("application/json", reply.Headers["content-type"]);
        Assert.Equal((16, 16, 16 * 49), Decode(reply.Json.GetProperty("image").GetBytesFromBase64()));
    }

    [Fact]
    public async Task A_seed_decides_the_image_and_without_one_each_is_another_in_the_same_order_everywhere()
    {
        await using var one = await Bridge.StartAsync();
        await using var other = await Bridge.StartAsync();
        object seeded = new { prompt = "a", width = 8, height = 8, seed = 3 };
        object free = new { prompt = "a", width = 8, height = 8 };

        Assert.Equal((await one.RunAsync(Sdxl, seeded)).Body, (await one.RunAsync(Sdxl, seeded)).Body);
        var first = (await one.RunAsync(Sdxl, free)).Body;
        var second = (await one.RunAsync(Sdxl, free)).Body;
        Assert.NotEqual(first, second);
        Assert.Equal(first, (await other.RunAsync(Sdxl, free)).Body);
        Assert.Equal(second, (await other.RunAsync(Sdxl, free)).Body);
    }

    [Fact]
    public async Task Speech_is_an_MP3_as_long_as_its_text()
    {
        await using var bridge = await Bridge.StartAsync();

        var reply = await bridge.RunAsync(Aura, new { text = "The harbour opens at nine." });
        var longer = await bridge.RunAsync(Aura, new { text = "The harbour opens at nine and closes at six." });

        Assert.Equal("audio/mpeg", reply.Headers["content-type"]);
        Assert.Equal(67, FramesOfMp3(reply.Body));
        Assert.Equal(121, FramesOfMp3(longer.Body));
        Assert.Contains("The harbour opens", Encoding.UTF8.GetString(reply.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Speech_can_be_a_WAV_and_can_be_in_JSON()
    {
        await using var bridge = await Bridge.StartAsync();

        var wav = await bridge.RunAsync(Aura, new { text = "One two.", encoding = "linear16" });
        var json = await bridge.RunAsync("@cf/myshell-ai/melotts", new { prompt = "One two." });

        Assert.Equal("audio/wav", wav.Headers["content-type"]);
        Assert.Equal("RIFF"u8, wav.Body.AsSpan(0, 4));
        Assert.Equal(wav.Body.Length - 8, BinaryPrimitives.ReadInt32LittleEndian(wav.Body.AsSpan(4)));
        Assert.Equal(16_000 * 7 / 10 * 2, BinaryPrimitives.ReadInt32LittleEndian(wav.Body.AsSpan(40)));
        Assert.Equal(27, FramesOfMp3(json.Json.GetProperty("audio").GetBytesFromBase64()));
    }

    [Fact]
    public async Task Bytes_are_in_no_envelope_over_REST()
    {
        await using var bridge = await Bridge.StartAsync();
        bridge.Http.DefaultRequestHeaders.Add("cf-aig-gateway-id", "gw");

        var reply = await bridge.CallAsync(HttpMethod.Post, $"/client/v4/accounts/a/ai/run/{Sdxl}", new { prompt = "a", width = 4, height = 4, seed = 1 });

        Assert.Equal((HttpStatusCode.OK, "image/png"), (reply.Status, reply.Headers["content-type"]));
        Assert.Equal((4, 4, 4 * 13), Decode(reply.Body));
    }

    /// <summary>Every chunk's checksum holds, and the pixels unpack.</summary>
    private static (int Width, int Height, int RawBytes) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        var (width, height, raw) = (0, 0, 0);
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var data = png.AsSpan(at + 8, length);
            Assert.Equal(Crc(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            switch (Encoding.ASCII.GetString(png.AsSpan(at + 4, 4)))
            {
                case "IHDR":
                    (width, height) = (BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]));
                    break;
                case "IDAT":
                    using (ZLibStream zlib = new(new MemoryStream(data.ToArray()), CompressionMode.Decompress))
                    using (MemoryStream pixels = new())
                    {
                        zlib.CopyTo(pixels);
                        raw += (int)pixels.Length;
                    }

                    break;
            }

            at += 12 + length;
        }

        return (width, height, raw);
    }

    /// <summary>Bit by bit, as the PNG specification defines it.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) == 1 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
            }
        }

        return ~crc;
    }

    /// <summary>Walks the frames by the lengths that their own headers give.</summary>
    private static int FramesOfMp3(byte[] mp3)
    {
        int[] kilobits = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        Assert.Equal("ID3"u8, mp3.AsSpan(0, 3));
        var at = 10 + ((mp3[6] << 21) | (mp3[7] << 14) | (mp3[8] << 7) | mp3[9]);
        var frames = 0;
        for (; at < mp3.Length; frames++)
        {
            Assert.Equal("FF-FB", string.Join('-', mp3[at..(at + 2)].Select(static b => b.ToString("X2", CultureInfo.InvariantCulture))));
            at += 144_000 * kilobits[mp3[at + 2] >> 4] / 44_100;
        }

        Assert.Equal(mp3.Length, at);
        return frames;
    }
}
