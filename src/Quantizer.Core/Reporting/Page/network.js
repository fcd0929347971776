// The network, coloured by what it loses where: the neighbourhood of a node, or all of it.
{
  const place = document.querySelector("[data-plots=network]");
  const nodes = new Map(data.nodes.map((node) => [node.name, node]));
  const errors = new Map(data.errors.map((error) => [error.name, error.sqnrDb]));
  const makers = new Map(data.nodes.flatMap((node) => node.outputs.map((tensor) => [tensor, node])));
  const readers = new Map();
  for (const node of data.nodes) for (const tensor of node.inputs) readers.set(tensor, [...(readers.get(tensor) ?? []), node]);
  const positions = new Map(data.nodes.map((node, index) => [node, index]));
  const links = {
    before: (node) => node.inputs.map((tensor) => makers.get(tensor)).filter((maker) => maker !== undefined),
    after: (node) => node.outputs.flatMap((tensor) => readers.get(tensor) ?? []),
    readersOf: (tensor) => readers.get(tensor) ?? [],
  };
  const mostInRow = 6;
  const mostDrawn = 3000;

  // What is at most two steps before and behind a node.
  function around(middle) {
    const found = new Set([middle]);
    for (const next of [links.before, links.after]) {
      let border = [middle];
      for (let step = 1; step <= 2; step++) {
        border = [...new Set(border.flatMap(next))].filter((node) => !found.has(node)).slice(0, mostInRow);
        border.forEach((node) => found.add(node));
      }
    }
    return [...found].sort((a, b) => positions.get(a) - positions.get(b));
  }

  // The least of what was measured of a node's outputs.
  function leastOf(measured) {
    const least = new Map();
    for (const error of data.errors) {
      const value = error[measured];
      if (value !== null && value < (least.get(error.node) ?? Infinity)) least.set(error.node, value);
    }
    return (node) => least.get(node.name) ?? null;
  }

  const colourings = Object.entries({
    "the error of its own": leastOf("ownSqnrDb"),
    "all error up to it": leastOf("sqnrDb"),
    "what it costs at the outputs": (node) => node.aloneDb,
  }).map(([name, of]) => {
    const values = data.nodes.map(of).filter((value) => value !== null);
    return { name, of, low: Math.min(...values), high: Math.max(...values), isKnown: values.length > 0 };
  }).filter((colouring) => colouring.isKnown);
  const formAlone = { name: "nothing", of: () => null, low: 0, high: 0 };

  const search = make("input", { type: "search", list: "node-names", autocomplete: "off", spellcheck: "false" });
  const colour = make("select", {}, ...[...colourings, formAlone].map((colouring) => make("option", {}, colouring.name)));
  const view = make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Graph around the chosen node" });
  const told = make("p", { class: "quiet", "aria-live": "polite" });
  const rows = new Map([...document.querySelectorAll("#node-table tbody tr")].map((row) => [row.cells[0].textContent, row]));
  let [current, isWhole, scale, graph] = [null, false, 1, null];

  function drawnAs(node) {
    const { of, low, high } = [...colourings, formAlone][colour.selectedIndex];
    const value = of(node);
    // The most error has the most colour.
    return value === null ? { value: "", share: null } : { value: decibels(value), share: high > low ? (high - value) / (high - low) : 0 };
  }

  function draw() {
    graph = drawGraph(isWhole ? data.nodes : around(current), links, {
      drawn: drawnAs,
      labelOf: (tensor) => (!isWhole && errors.has(tensor) ? decibels(errors.get(tensor)) : null),
      choose: (node) => {
        choose(node);
        graph.boxes.get(node).focus({ preventScroll: true });
      },
    });
    view.classList.toggle("whole", isWhole);
    view.setAttribute("aria-label", isWhole ? "Graph of the network" : "Graph around the chosen node");
    view.replaceChildren(graph.svg);
    size();
  }

  function size() {
    graph.svg.setAttribute("width", graph.width * scale);
    graph.svg.setAttribute("height", graph.height * scale);
    mark();
  }

  function mark() {
    graph.svg.querySelector(".middle")?.classList.remove("middle");
    const group = graph.boxes.get(current);
    group.classList.add("middle");
    const [area, at] = [view.getBoundingClientRect(), group.getBoundingClientRect()];
    view.scrollLeft += at.left + at.width / 2 - area.left - view.clientWidth / 2;
    view.scrollTop += at.top + at.height / 2 - area.top - view.clientHeight / 2;
  }

  function choose(node) {
    if (current !== null) rows.get(current.name)?.removeAttribute("aria-current");
    current = node;
    rows.get(node.name)?.setAttribute("aria-current", "true");
    if (isWhole && graph !== null) mark();
    else draw();
    const cost = node.aloneDb === null ? "" : `; with it alone in integers the outputs keep ${decibels(node.aloneDb)}`;
    told.replaceChildren(make("code", {}, node.name), `: ${node.operator}, ${node.decision}${node.kernel === "" ? "" : `, runs as ${node.kernel}`}${cost}.`,
      isWhole ? "" : " Numbers on the lines: measured SQNR.");
  }

  function zoom(by) {
    scale = Math.min(2, Math.max(0.1, scale * by));
    size();
  }

  function toggle() {
    isWhole = !isWhole;
    scale = isWhole ? 0.5 : 1;
    whole.textContent = isWhole ? "Around the node" : "Whole network";
    draw();
    choose(current);
  }

  const whole = button("Whole network", toggle);
  if (place !== null) {
    search.addEventListener("change", () => {
      const words = search.value.toLowerCase();
      const found = nodes.get(search.value) ?? data.nodes.find((node) => node.name.toLowerCase().includes(words));
      if (found !== undefined) choose(found);
    });
    colour.addEventListener("change", draw);
    place.append(
      make("div", { class: "tools" }, make("label", {}, "Node", search), make("span", { class: "quiet" }, "or choose one in the graph or the table")),
      make("div", { class: "tools" }, ...(colourings.length > 0 ? [make("label", {}, "Coloured by", colour)] : []),
        ...(data.nodes.length <= mostDrawn ? [whole] : []), button("Zoom in", () => zoom(1.5)), button("Zoom out", () => zoom(1 / 1.5))),
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
