namespace Quantizer.EndToEnd.Tests.Pages;

/// <summary>Functions that run in a page and name what is wrong with it.</summary>
internal static class PageProbes
{
    /// <summary>Elements beyond the right edge that cannot be scrolled to on their own.</summary>
    public const string Overflowing = """
        () => [...document.querySelectorAll("body *")]
          .filter((e) => e.getClientRects().length > 0 && e.closest(".scroll svg, table") === null)
          .filter((e) => e.getBoundingClientRect().right > innerWidth + 1)
          .map((e) => `${e.tagName} ${e.className} ${e.textContent.slice(0, 40)}`)
          .concat(document.documentElement.scrollWidth > innerWidth ? ["the page scrolls sideways"] : [])
        """;

    /// <summary>Headings, cards, tables, plots and paragraphs that cover each other, and words of a plot that do.</summary>
    public const string Overlapping = """
        () => {
          const covers = (a, b) => {
            const [p, q] = [a.getBoundingClientRect(), b.getBoundingClientRect()];
            return Math.min(p.right, q.right) - Math.max(p.left, q.left) > 2 && Math.min(p.bottom, q.bottom) - Math.max(p.top, q.top) > 2;
          };
          const pairs = (elements) => elements.flatMap((a, i) => elements.slice(i + 1)
            .filter((b) => !a.contains(b) && !b.contains(a) && covers(a, b))
            .map((b) => `${a.tagName} ${a.textContent.slice(0, 40)} | ${b.tagName} ${b.textContent.slice(0, 40)}`));
          const shown = (selector, root = document) => [...root.querySelectorAll(selector)].filter((e) => e.getClientRects().length > 0);
          return pairs(shown("main h1, main h2, .card, .scroll, .plot, .mini, main p, main li, .facts"))
            .concat(shown(".plot > svg, .mini > svg").flatMap((svg) => pairs(shown("text", svg))));
        }
        """;

    /// <summary>Text with less contrast than WCAG 2 AA asks for: 4.5, of large text 3.</summary>
    public const string Faint = """
        () => {
          const parse = (colour) => (colour.match(/[\d.]+/g) ?? [0, 0, 0, 0]).map(Number);
          const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = (e) => {
            for (; e !== null; e = e.parentElement) {
              const colour = parse(getComputedStyle(e).backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          const found = new Set();
          for (const e of document.querySelectorAll("body *")) {
            if (e.closest("script, option, datalist") || e.getClientRects().length === 0) continue;
            if (![...e.childNodes].some((n) => n.nodeType === 3 && n.textContent.trim() !== "")) continue;
            const style = getComputedStyle(e);
            const [a, b] = [light(parse(e instanceof SVGElement ? style.fill : style.color)), light(behind(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            const size = parseFloat(style.fontSize);
            const isLarge = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
            if (ratio < (isLarge ? 3 : 4.5))
              found.add(`${ratio.toFixed(2)} ${e.tagName} ${e.className.baseVal ?? e.className}: ${e.textContent.slice(0, 40)}`);
          }
          return [...found];
        }
        """;

    /// <summary>Sections with nothing but their heading, and places of plots where nothing was drawn.</summary>
    public const string Empty = """
        () => [...document.querySelectorAll("main section")]
          .filter((s) => s.querySelectorAll("p, table, dl, li, figure").length === 0)
          .map((s) => s.id)
          .concat([...document.querySelectorAll("[data-plots], .mini, .plot")]
            .filter((e) => e.querySelector("svg path, svg rect") === null)
            .map((e) => e.className))
        """;
}
