// Plots of the same kind, some at a time, that can be filtered by name and sorted.
// orders: name of an order -> what it sorts by, the least first; null: as they come.
function fillGallery(kind, items, orders, draw) {
  const gallery = document.querySelector(`[data-plots=${kind}]`);
  if (gallery === null) return;
  const atOnce = 12;
  const filter = make("input", { type: "search", autocomplete: "off", spellcheck: "false" });
  const order = make("select", {}, ...Object.keys(orders).map((name) => make("option", {}, name)));
  const more = make("p", { class: "more" });
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      entry.target.draw();
    }
  }, { rootMargin: "300px" });
  let wanted = [];

  const add = (count) => {
    const shown = gallery.querySelectorAll(".mini").length;
    for (const item of wanted.slice(shown, shown + count)) {
      const figure = make("figure", { class: "mini" });
      figure.draw = () => {
        if (figure.childElementCount === 1) figure.append(draw(item));
      };
      figure.append(make("figcaption", {}, make("code", {}, item.name)));
      // As high as it will be, so that nothing moves.
      figure.style.minHeight = kind === "histograms" ? `${190 + 22 * item.thresholds.length}px` : "150px";
      more.before(figure);
      watcher.observe(figure);
    }
    const left = wanted.length - shown - count;
    more.replaceChildren(...(left > 0 ? [button(left > 48 ? `Show 48 more of ${left}` : `Show the other ${left}`, () => add(48))] : []));
    if (wanted.length === 0) more.replaceChildren("None has such a name.");
  };
  const fill = () => {
    gallery.querySelectorAll(".mini").forEach((figure) => figure.remove());
    const words = filter.value.toLowerCase().split(/\s+/);
    wanted = items.filter((item) => words.every((word) => item.name.toLowerCase().includes(word)));
    const key = orders[order.value];
    if (key !== null) wanted.sort((a, b) => key(a) - key(b));
    add(atOnce);
  };
  filter.addEventListener("input", fill);
  order.addEventListener("change", fill);
  gallery.append(
    make("div", { class: "tools" }, make("label", {}, "Filter by name", filter), make("label", {}, "Order", order)),
    more);
  fill();
  addEventListener("beforeprint", () => gallery.querySelectorAll(".mini").forEach((figure) => figure.draw()));
}

