// A histogram: counts on a log scale, the shaded range of the grid, and below it the range of each selector.
function expected(histogram) {
  const chosen = histogram.thresholds.find((threshold) => threshold.method === histogram.chosen);
  const value = chosen === undefined ? null : chosen.expectedSqnrDb;
  return value === null ? Infinity : value;
}

function drawHistogram(histogram) {
  const height = 90;
  const rows = histogram.thresholds;
  const low = Math.min(histogram.min, ...rows.map((row) => row.low), histogram.chosen === "" ? Infinity : histogram.low);
  const high = Math.max(histogram.max, ...rows.map((row) => row.high), histogram.chosen === "" ? -Infinity : histogram.high);
  const width = high - low || 1;
  const share = (value) => ((value - low) / width) * 100;
  const svg = make("svg:svg", { height: height + 26 + 22 * rows.length + 18, role: "img", "aria-label": describe(histogram) });
  if (histogram.chosen !== "") {
    svg.append(make("svg:rect", { class: "taken", x: share(histogram.low) + "%", width: share(histogram.high) - share(histogram.low) + "%", height }));
  }
  const bins = make("svg:svg", { x: share(histogram.min) + "%", width: share(histogram.max) - share(histogram.min) + "%", height,
    viewBox: `0 0 ${histogram.bins.length} ${height}`, preserveAspectRatio: "none" });
  const most = Math.log1p(Math.max(...histogram.bins, 1));
  const steps = histogram.bins.map((count, bin) => `V${(height - (Math.log1p(count) / most) * (height - 4)).toFixed(1)}H${bin + 1}`);
  bins.append(make("svg:path", { class: "bins", d: `M0 ${height}${steps.join("")}V${height}Z` }));
  svg.append(bins, make("svg:line", { class: "axis", x1: "0", x2: "100%", y1: height, y2: height }));
  svg.append(tick(0, height + 15, "start", short(low)), tick(100, height + 15, "end", short(high)));
  if (share(0) > 15 && share(0) < 85) svg.append(tick(share(0), height + 15, "middle", "0"));
  rows.forEach((row, index) => svg.append(threshold(row, share, height + 34 + 22 * index, row.method === histogram.chosen)));
  const isOwn = rows.some((row) => row.method === histogram.chosen);
  const grid = histogram.chosen === "" ? "stays in float" : `${isOwn ? "" : histogram.chosen + ": "}${Math.round((histogram.high - histogram.low) / histogram.step) + 1} values, step ${short(histogram.step)}`;
  const zeros = histogram.zeros > 0 ? `, zeros ${((100 * histogram.zeros) / histogram.count).toFixed(1)} %` : "";
  svg.append(tick(0, height + 40 + 22 * rows.length, "start", grid + zeros));
  const drawn = document.createDocumentFragment();
  drawn.append(svg);
  if (histogram.name in data.reasons) drawn.append(make("p", { class: "why" }, data.reasons[histogram.name]));
  return drawn;
}

function tick(x, y, anchor, text) {
  return make("svg:text", { class: "tick", x: x + "%", y, "text-anchor": anchor }, text);
}

function threshold(row, share, y, isChosen) {
  return make("svg:g", isChosen ? { class: "chosen" } : {},
    make("svg:text", { x: "0", y }, row.method),
    make("svg:text", { x: "100%", y, "text-anchor": "end" }, decibels(row.expectedSqnrDb)),
    make("svg:line", { class: "threshold", x1: share(row.low) + "%", x2: share(row.high) + "%", y1: y + 5, y2: y + 5 }));
}

function describe(histogram) {
  const chosen = histogram.chosen === "" ? "stays in float" : `${histogram.chosen} takes ${short(histogram.low)} to ${short(histogram.high)}`;
  return `Values from ${short(histogram.min)} to ${short(histogram.max)}; ${chosen}`;
}

fillGallery("histograms", data.histograms, { "worst expected SQNR first": expected, "as in the network": null }, drawHistogram);

