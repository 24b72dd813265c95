using Microsoft.Playwright;

namespace Orchestrator.Dashboard.Tests.Kit;

/// <summary>The charts of the Overview.</summary>
internal static class Charts
{
    /// <summary>How many pixels of each chart have a colour.</summary>
    public static Task<int[]> ColouredAsync(IPage page) => page.EvaluateAsync<int[]>("""
        () => [...document.querySelectorAll('.charts canvas, .breakdown canvas')].map((canvas) => {
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
          let coloured = 0
          for (let at = 0; at < data.length; at += 4) {
            const [r, g, b, a] = data.subarray(at, at + 4)
            if (a > 60 && Math.max(r, g, b) - Math.min(r, g, b) > 60) coloured++
          }
          return coloured
        })
        """);
}
