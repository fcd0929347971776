// Least and greatest weight of each channel, as bars around zero.
function unevenness(weight) {
  const widths = weight.low.map((low, index) => Math.max(Math.abs(low), Math.abs(weight.high[index]))).filter((width) => width > 0);
  return widths.length === 0 ? 0 : -Math.max(...widths) / Math.min(...widths);
}

function drawWeight(weight) {
  const height = 90;
  const bars = weight.low.map((low, index) => {
    const [top, bottom] = [weight.high[index], low].map((value) => (height / 2) * (1 - value / 1000));
    return `M${index + 0.1} ${top.toFixed(1)}h.8v${Math.max(bottom - top, 0.5).toFixed(1)}h-.8z`;
  });
  const inner = make("svg:svg", { width: "100%", height, viewBox: `0 0 ${weight.low.length} ${height}`, preserveAspectRatio: "none" },
    make("svg:path", { class: "channels", d: bars.join("") }));
  const each = (weight.each > 1 ? `, a bar for ${weight.each}` : "") + (weight.dead > 0 ? `, ${weight.dead} (nearly) dead` : "");
  return make("svg:svg", { height: height + 20, role: "img", "aria-label": `Weights of ${weight.channels} channels, up to ${short(weight.largest)} in magnitude` },
    inner,
    make("svg:line", { class: "axis", x1: "0", x2: "100%", y1: height / 2, y2: height / 2 }),
    make("svg:text", { class: "tick", x: "0", y: height + 15 }, `${weight.channels} channel${weight.channels === 1 ? "" : "s"}${each}`),
    make("svg:text", { class: "tick", x: "100%", y: height + 15, "text-anchor": "end" }, `± ${short(weight.largest)}`));
}

fillGallery("weights", data.weights, { "most uneven channels first": unevenness, "as in the network": null }, drawWeight);

