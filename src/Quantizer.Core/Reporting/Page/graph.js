// Draws nodes as boxes in rows, each below all that it reads.
// links: before(node) and readersOf(tensor) tell its neighbours.
function drawGraph(shown, links, { drawn, labelOf, choose }) {
  const box = { width: 176, height: 46, across: 24, down: 46 };
  const lane = 12;

  const rowOf = new Map();
  for (const node of shown) rowOf.set(node, 1 + Math.max(-1, ...links.before(node).map((maker) => rowOf.get(maker) ?? -1)));
  const rows = [];
  for (const node of shown) (rows[rowOf.get(node)] ??= []).push(node);
  const wide = Math.max(...rows.map((row) => row.length)) * (box.width + box.across);
  const places = new Map();
  rows.forEach((row, index) => row.forEach((node, column) => places.set(node, {
    x: wide / 2 + (column - row.length / 2) * (box.width + box.across) + box.across / 2,
    y: 16 + index * (box.height + box.down),
  })));

  // What is read further down than in the next row goes around the boxes between, in the first lane that is free there.
  const lanes = [];
  function laneOf(first, end) {
    const free = lanes.findIndex((used) => used <= first);
    const index = free < 0 ? lanes.length : free;
    lanes[index] = end;
    return wide + (index + 0.5) * lane;
  }

  function straight(from, to) {
    const bend = Math.max((to.y - from.y) / 2, 20);
    return `M${from.x} ${from.y}C${from.x} ${from.y + bend} ${to.x} ${to.y - bend} ${to.x} ${to.y}`;
  }

  function around(from, to, x) {
    const [top, bottom] = [from.y + box.down, to.y - box.down];
    return `M${from.x} ${from.y}C${from.x} ${from.y + box.down / 2} ${x} ${from.y + box.down / 2} ${x} ${top}L${x} ${bottom}` +
      `C${x} ${to.y - box.down / 2} ${to.x} ${to.y - box.down / 2} ${to.x} ${to.y}`;
  }

  const edges = [];
  for (const [node, at] of places) {
    const from = { x: at.x + box.width / 2, y: at.y + box.height };
    for (const tensor of node.outputs) {
      const readers = links.readersOf(tensor).filter((reader) => places.has(reader));
      const last = Math.max(...readers.map((reader) => rowOf.get(reader)));
      const x = last > rowOf.get(node) + 1 ? laneOf(rowOf.get(node), last) : null;
      for (const reader of readers) {
        const to = { x: places.get(reader).x + box.width / 2, y: places.get(reader).y };
        const isNext = rowOf.get(reader) === rowOf.get(node) + 1;
        edges.push(make("svg:path", { class: "edge", d: isNext ? straight(from, to) : around(from, to, x) }));
        const label = labelOf(tensor);
        if (label === null) continue;
        const middle = isNext ? { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 + 4 } : { x: to.x, y: to.y - 10 };
        edges.push(make("svg:text", { class: "quiet label", x: middle.x, y: middle.y, "text-anchor": "middle" }, label));
      }
    }
  }

  function drawNode(node, at) {
    const { value, share } = drawn(node);
    const group = make("svg:g", { class: node.decision, role: "button", tabindex: "0", transform: `translate(${at.x} ${at.y})`,
      "aria-label": `${node.operator} ${node.name}, ${node.decision}${value === "" ? "" : `, ${value}`}` },
      make("svg:title", {}, `${node.name}\n${node.operator}, ${node.decision}${node.kernel === "" ? "" : `, ${node.kernel}`}`),
      make("svg:rect", { width: box.width, height: box.height, rx: 3 }),
      make("svg:text", { class: "operator", x: 9, y: 19 }, node.operator.length > 15 ? node.operator.slice(0, 14) + "…" : node.operator),
      make("svg:text", { class: "quiet", x: box.width - 9, y: 19, "text-anchor": "end" }, node.decision),
      make("svg:text", { class: "quiet", x: 9, y: 37 }, tail(node.name, value === "" ? 21 : 13)),
      make("svg:text", { class: "value", x: box.width - 9, y: 37, "text-anchor": "end" }, value));
    if (share !== null) {
      group.classList.add("coloured");
      group.style.setProperty("--share", `${Math.round(share * 100)}%`);
    }
    group.addEventListener("click", () => choose(node));
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(node);
    });
    return group;
  }

  const boxes = new Map([...places].map(([node, at]) => [node, drawNode(node, at)]));
  const [width, height] = [wide + lanes.length * lane, 32 + rows.length * (box.height + box.down) - box.down];
  const svg = make("svg:svg", { width, height, viewBox: `0 0 ${width} ${height}` }, ...edges, ...boxes.values());
  return { svg, boxes, width, height };
}
