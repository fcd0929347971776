// The neighbourhood of a node: what is at most two steps before and behind it.
{
  const place = document.querySelector("[data-plots=network]");
  const nodes = new Map(data.nodes.map((node) => [node.name, node]));
  const errors = new Map(data.errors.map((error) => [error.name, error.sqnrDb]));
  const makers = new Map(data.nodes.flatMap((node) => node.outputs.map((tensor) => [tensor, node])));
  const readers = new Map();
  for (const node of data.nodes) for (const tensor of node.inputs) readers.set(tensor, [...(readers.get(tensor) ?? []), node]);
  const before = (node) => node.inputs.map((tensor) => makers.get(tensor)).filter((maker) => maker !== undefined);
  const after = (node) => node.outputs.flatMap((tensor) => readers.get(tensor) ?? []);
  const box = { width: 176, height: 46, across: 24, down: 46 };
  const mostInRow = 6;

  const positions = new Map(data.nodes.map((node, index) => [node, index]));

  function around(middle) {
    const found = new Set([middle]);
    for (const next of [before, after]) {
      let border = [middle];
      for (let step = 1; step <= 2; step++) {
        border = [...new Set(border.flatMap(next))].filter((node) => !found.has(node)).slice(0, mostInRow);
        border.forEach((node) => found.add(node));
      }
    }
    return [...found].sort((a, b) => positions.get(a) - positions.get(b));
  }

  // Every node stands below all that it reads, so that lines only go down.
  function placesOf(shown) {
    const depths = new Map();
    for (const node of shown) depths.set(node, 1 + Math.max(-1, ...before(node).map((maker) => depths.get(maker) ?? -1)));
    const rows = [];
    for (const node of shown) (rows[depths.get(node)] ??= []).push(node);
    const width = Math.max(...rows.map((row) => row.length)) * (box.width + box.across);
    const places = new Map();
    rows.forEach((row, index) => row.forEach((node, column) => places.set(node, {
      x: width / 2 + (column - row.length / 2) * (box.width + box.across) + box.across / 2,
      y: 16 + index * (box.height + box.down),
    })));
    return { places, width, height: 32 + rows.length * (box.height + box.down) - box.down };
  }

  function edges(places) {
    const drawn = [];
    for (const [node, from] of places) {
      for (const tensor of node.outputs) {
        for (const reader of readers.get(tensor) ?? []) {
          const to = places.get(reader);
          if (to === undefined) continue;
          const [x1, y1, x2, y2] = [from.x + box.width / 2, from.y + box.height, to.x + box.width / 2, to.y];
          const bend = Math.max((y2 - y1) / 2, 20);
          drawn.push(make("svg:path", { class: "edge", d: `M${x1} ${y1}C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}` }));
          if (errors.has(tensor)) drawn.push(make("svg:text", { class: "quiet label", x: (x1 + x2) / 2, y: (y1 + y2) / 2 + 4, "text-anchor": "middle" }, decibels(errors.get(tensor))));
        }
      }
    }
    return drawn;
  }

  function tail(name) {
    return name.length > 21 ? "…" + name.slice(-20) : name;
  }

  function drawNode(node, at, isMiddle) {
    const group = make("svg:g", { class: `${node.decision}${isMiddle ? " middle" : ""}`, role: "button", tabindex: "0", transform: `translate(${at.x} ${at.y})`,
      "aria-label": `${node.operator} ${node.name}, ${node.decision}` },
      make("svg:title", {}, `${node.name}\n${node.operator}, ${node.decision}${node.kernel === "" ? "" : `, ${node.kernel}`}`),
      make("svg:rect", { width: box.width, height: box.height, rx: 3 }),
      make("svg:text", { class: "operator", x: 9, y: 19 }, node.operator),
      make("svg:text", { class: "quiet", x: box.width - 9, y: 19, "text-anchor": "end" }, node.decision),
      make("svg:text", { class: "quiet", x: 9, y: 37 }, tail(node.name)));
    group.addEventListener("click", () => choose(node));
    group.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      choose(node);
      place.querySelector(".middle").focus();
    });
    return group;
  }

  const search = make("input", { type: "search", list: "node-names", autocomplete: "off", spellcheck: "false" });
  const view = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Graph around the chosen node" });
  const told = make("p", { class: "quiet", "aria-live": "polite" });
  const rows = new Map([...document.querySelectorAll("#node-table tbody tr")].map((row) => [row.cells[0].textContent, row]));
  let current = null;

  function choose(node) {
    const { places, width, height } = placesOf(around(node));
    const svg = make("svg:svg", { width, height }, ...edges(places), ...[...places].map(([other, at]) => drawNode(other, at, other === node)));
    view.replaceChildren(svg);
    view.scrollLeft = places.get(node).x + box.width / 2 - view.clientWidth / 2;
    const cost = node.aloneDb === null ? "" : `; with it alone in integers the outputs keep ${decibels(node.aloneDb)}`;
    told.replaceChildren(make("code", {}, node.name), `: ${node.operator}, ${node.decision}${node.kernel === "" ? "" : `, runs as ${node.kernel}`}${cost}. Numbers on the lines: measured SQNR.`);
    if (current !== null) rows.get(current)?.removeAttribute("aria-current");
    current = node.name;
    rows.get(current)?.setAttribute("aria-current", "true");
  }

  if (place !== null) {
    search.addEventListener("change", () => {
      const words = search.value.toLowerCase();
      const found = nodes.get(search.value) ?? data.nodes.find((node) => node.name.toLowerCase().includes(words));
      if (found !== undefined) choose(found);
    });
    place.append(
      make("p", { class: "tools" }, make("label", {}, "Node", search), make("span", { class: "quiet" }, "or choose one in the graph or the table")),
      make("datalist", { id: "node-names" }, ...data.nodes.slice(0, 2000).map((node) => make("option", { value: node.name }))),
      told, view);
    for (const [name, row] of rows) {
      if (!nodes.has(name)) continue;
      const pick = button(name, () => {
        choose(nodes.get(name));
        place.scrollIntoView({ block: "nearest" });
      }, "pick");
      row.cells[0].replaceChildren(pick);
    }
    // Where the most error enters is what one looks for first.
    const measured = data.errors.filter((error) => error.ownSqnrDb !== null && nodes.has(error.node));
    const worst = measured.reduce((least, error) => (least === null || error.ownSqnrDb < least.ownSqnrDb ? error : least), null);
    choose(nodes.get(worst?.node) ?? data.nodes[0]);
  }
}
