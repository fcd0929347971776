// The plot of errors: tips, and a stretch of the network enlarged.
{
  const plot = document.querySelector("[data-plot=errors] .frame")?.parentElement;
  if (plot !== undefined) {
    const last = data.errors.length - 1;
    const fewest = 8;
    const frame = plot.querySelector(".frame");
    const curves = frame.querySelector(".curves");
    const whole = curves.viewBox.baseVal.width;
    const height = curves.viewBox.baseVal.height;
    const ends = [...frame.querySelectorAll(".end")];
    const endTexts = ends.map((end) => end.textContent);
    const worst = [...frame.querySelectorAll(".worst, .least-name")];
    const worstIndex = worst.length === 0 ? -1 : Math.round((parseFloat(worst[0].getAttribute("cx")) / 100) * last);
    const tip = plot.querySelector(".tip");
    const cursor = make("svg:line", { class: "cursor", y1: "0", y2: height, visibility: "hidden" });
    const picked = make("svg:rect", { class: "picked", y: "0", height, visibility: "hidden" });
    const range = make("span", { class: "quiet", "aria-live": "polite" });
    let [from, to, chosen, pressed] = [0, last, -1, null];

    const percent = (index) => `${last === 0 ? 50 : (100 * (index - from)) / (to - from)}%`;
    const isShown = (index) => index >= from && index <= to;

    function place(element, name, index) {
      element.setAttribute(name, percent(index));
      element.setAttribute("visibility", isShown(index) ? "visible" : "hidden");
    }

    function look(first, end) {
      const wide = Math.min(last, Math.max(fewest, Math.round(end - first)));
      from = Math.max(0, Math.min(last - wide, Math.round(first)));
      to = from + wide;
      const isWhole = wide === last;
      curves.setAttribute("viewBox", `${(whole * from) / last} 0 ${(whole * wide) / last} ${height}`);
      curves.setAttribute("overflow", isWhole ? "visible" : "hidden");
      for (const element of worst) place(element, element.localName === "circle" ? "cx" : "x", worstIndex);
      [from === 0, to === last].forEach((isEnd, side) => (ends[side].textContent = isEnd ? endTexts[side] : tail(data.errors[side === 0 ? from : to].name, 28)));
      range.textContent = isWhole ? "" : `tensors ${from + 1} to ${to + 1} of ${last + 1}`;
      if (chosen >= 0) show(chosen);
    }

    function zoom(factor) {
      const middle = [chosen, worstIndex].find((index) => index >= 0 && isShown(index)) ?? (from + to) / 2;
      const half = ((to - from) * factor) / 2;
      look(middle - half, middle + half);
    }

    function show(index) {
      chosen = Math.max(0, Math.min(last, index));
      const error = data.errors[chosen];
      place(cursor, "x1", chosen);
      place(cursor, "x2", chosen);
      const own = error.ownSqnrDb === null ? "" : `, own ${decibels(error.ownSqnrDb)}`;
      const predicted = error.predictedSqnrDb === null ? "" : `, predicted ${decibels(error.predictedSqnrDb)}`;
      tip.replaceChildren(make("code", {}, error.name), ` of ${error.node}: ${decibels(error.sqnrDb)}${own}${predicted}`);
    }

    function step(by) {
      show(chosen + by);
      if (!isShown(chosen)) look(chosen - (to - from) / 2, chosen + (to - from) / 2);
    }

    const pointed = (event) => {
      const area = frame.getBoundingClientRect();
      return Math.max(from, Math.min(to, Math.round(from + ((event.clientX - area.left) / area.width) * (to - from))));
    };
    frame.append(picked, cursor);
    frame.addEventListener("pointerdown", (event) => {
      show(pointed(event));
      // A finger scrolls the page; it has the buttons.
      if (event.pointerType === "touch" || event.button !== 0 || last <= fewest) return;
      pressed = chosen;
      frame.setPointerCapture(event.pointerId);
    });
    frame.addEventListener("pointermove", (event) => {
      show(pointed(event));
      if (pressed === null) return;
      picked.setAttribute("visibility", "visible");
      picked.setAttribute("x", percent(Math.min(pressed, chosen)));
      picked.setAttribute("width", `${(100 * Math.abs(chosen - pressed)) / (to - from)}%`);
    });
    const released = (isTaken) => {
      const [first, end] = [Math.min(pressed, chosen), Math.max(pressed, chosen)];
      const isStretch = pressed !== null && end > first;
      pressed = null;
      picked.setAttribute("visibility", "hidden");
      if (isTaken && isStretch) look(first, end);
    };
    frame.addEventListener("pointerup", () => released(true));
    frame.addEventListener("pointercancel", () => released(false));
    plot.addEventListener("keydown", (event) => {
      const steps = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -1e9, End: 1e9 };
      const zooms = { "+": 0.5, "=": 0.5, "-": 2, 0: 1e9, Escape: 1e9 };
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key in steps) step(steps[event.key]);
      else if (event.key in zooms && last > fewest) zoom(zooms[event.key]);
      else return;
      event.preventDefault();
    });
    if (last > fewest) {
      plot.before(make("div", { class: "tools" },
        button("Zoom in", () => zoom(0.5)), button("Zoom out", () => zoom(2)), button("Whole network", () => look(0, last)), range));
    }
  }
}
