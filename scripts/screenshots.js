// Draws a dashboard from its file and the answers of a Prometheus: for looking at panels without a Grafana.
// `dashboard`, `prometheus`, `seconds` are defined by the page.
"use strict";

const colours = ["#7EB26D", "#EAB839", "#6ED0E0", "#EF843C", "#E24D42", "#1F78C1", "#BA43A9", "#705DA0", "#508642", "#CCA300"];
const named = { green: "#73BF69", orange: "#FF9830", red: "#F2495C", blue: "#5794F2" };
const cell = { width: 64, height: 36, gap: 6 };
const end = Date.now() / 1000;

const step = Math.max(1, seconds / 180);
// A dashboard of one SLO shows one service.
const one = dashboard.uid === "martlet-slo-detail" ? "checkout" : ".+";

const substitutes = { job: ".+", instance: ".+", service: one, route: ".+", slo: "availability", __rate_interval: "20s", __range: "1h", __interval: "15s" };
const expression = (text) => text.replace(/\$(\w+)/g, (whole, name) => substitutes[name] ?? whole);

async function ask(path, parameters) {
  const answer = await fetch(`${prometheus}/api/v1/${path}?${new URLSearchParams(parameters)}`);
  const body = await answer.json();
  if (body.status !== "success") throw new Error(body.error);
  return body.data.result;
}

const instant = (target) => ask("query", { query: expression(target.expr), time: end });
const course = (target) => ask("query_range", { query: expression(target.expr), start: end - seconds, end, step });

function legend(target, metric) {
  const format = target.legendFormat ?? "";
  if (!format) return Object.values(metric).join(" ") || "value";
  return format.replace(/\{\{(\w+)\}\}/g, (_, label) => metric[label] ?? "");
}

function number(value, unit) {
  if (!Number.isFinite(value)) return value > 0 ? "∞" : "no data";
  const short = (v) => (Math.abs(v) >= 1e9 ? (v / 1e9).toFixed(2) + " G" : Math.abs(v) >= 1e6 ? (v / 1e6).toFixed(2) + " M" : Math.abs(v) >= 1e3 ? (v / 1e3).toFixed(2) + " K" : Math.abs(v) >= 100 ? v.toFixed(0) : Math.abs(v) >= 1 ? v.toFixed(2).replace(/\.?0+$/, "") : String(+v.toPrecision(3)));
  const bytes = (v) => { let i = 0; while (Math.abs(v) >= 1024 && i < 4) { v /= 1024; i++; } return `${+v.toPrecision(4)} ${["B", "KiB", "MiB", "GiB", "TiB"][i]}`; };
  const time = (v) => (v >= 86400 ? (v / 86400).toFixed(1) + " d" : v >= 3600 ? (v / 3600).toFixed(1) + " h" : v >= 60 ? (v / 60).toFixed(1) + " min" : v >= 1 || v === 0 ? +v.toPrecision(3) + " s" : +(v * 1000).toPrecision(3) + " ms");
  switch (unit) {
    case "percentunit": return +(value * 100).toPrecision(4) + "%";
    case "s": case "dtdurations": return time(value);
    case "bytes": return bytes(value);
    case "binBps": return bytes(value) + "/s";
    case "reqps": return short(value) + " req/s";
    case "ops": return short(value) + "/s";
    default: return short(value);
  }
}

function colour(value, thresholds) {
  let result = "green";
  for (const step of thresholds?.steps ?? []) if (step.value === null || value >= step.value) result = step.color;
  return named[result] ?? result;
}

function element(name, style, text) {
  const made = document.createElement(name);
  Object.assign(made.style, style ?? {});
  if (text !== undefined) made.textContent = text;
  return made;
}

function svg(name, attributes, parent) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  parent?.append(made);
  return made;
}

function write(parent, x, y, text, attributes) {
  const made = svg("text", { x, y, fill: "#9fa7b3", "font-size": 10, ...attributes }, parent);
  made.textContent = text;
}

// A course over time: lines, a scale at the left, the names below.
async function drawCourse(panel, box, width, height) {
  const series = (await Promise.all(panel.targets.map(async (target) => (await course(target)).map((one) => ({ name: legend(target, one.metric), points: one.values.map(([t, v]) => [t, Number(v)]).filter((p) => Number.isFinite(p[1])) }))))).flat().filter((one) => one.points.length);
  if (!series.length) return nothing(box, width, height);
  const defaults = panel.fieldConfig.defaults;
  const custom = defaults.custom ?? {};
  const isLog = custom.scaleDistribution?.type === "log";
  if (custom.stacking?.mode === "normal") stack(series);
  const rows = Math.min(series.length, 4);
  const plot = { left: 62, top: 6, width: width - 74, height: height - 30 - rows * 14 };
  const values = series.flatMap((one) => one.points.map((p) => p[1])).filter((v) => !isLog || v > 0);
  const lines = custom.thresholdsStyle?.mode === "dashed" ? defaults.thresholds.steps.filter((s) => s.value !== null) : [];
  let low = isLog ? Math.min(...values, 1) : Math.min(defaults.min ?? Math.min(...values), ...values);
  let high = Math.max(...values, defaults.max ?? -Infinity, ...lines.filter((s) => s.value <= Math.max(...values) * 20).map((s) => s.value));
  if (high <= low) high = low + 1;
  if (!isLog) high += (high - low) * 0.05;
  const scale = (v) => plot.top + plot.height * (1 - (isLog ? (Math.log10(Math.max(v, low)) - Math.log10(low)) / (Math.log10(high) - Math.log10(low)) : (v - low) / (high - low)));
  const place = (t) => plot.left + (plot.width * (t - (end - seconds))) / seconds;
  const canvas = svg("svg", { width, height });
  for (let i = 0; i <= 4; i++) {
    const value = isLog ? low * Math.pow(high / low, i / 4) : low + ((high - low) * i) / 4;
    svg("line", { x1: plot.left, x2: plot.left + plot.width, y1: scale(value), y2: scale(value), stroke: "#2c3235" }, canvas);
    write(canvas, plot.left - 4, scale(value) + 3, number(+value.toPrecision(3), defaults.unit), { "text-anchor": "end" });
  }
  for (let i = 0; i <= 3; i++) write(canvas, plot.left + (plot.width * i) / 3, plot.top + plot.height + 13, new Date((end - seconds + (seconds * i) / 3) * 1000).toISOString().slice(11, 19), { "text-anchor": i === 0 ? "start" : i === 3 ? "end" : "middle" });
  for (const line of lines) if (line.value <= high && line.value >= low) svg("line", { x1: plot.left, x2: plot.left + plot.width, y1: scale(line.value), y2: scale(line.value), stroke: named[line.color] ?? line.color, "stroke-dasharray": "6 4" }, canvas);
  const dash = panel.fieldConfig.overrides.find((o) => o.matcher.id === "byRegexp");
  const dashed = dash ? new RegExp(dash.matcher.options.slice(1, -1)) : null;
  series.forEach((one, index) => {
    const path = one.points.map(([t, v]) => `${place(t).toFixed(1)},${scale(v).toFixed(1)}`).join(" ");
    svg("polyline", { points: path, fill: "none", stroke: colours[index % colours.length], "stroke-width": 1.5, "stroke-dasharray": dashed?.test(one.name) ? "8 6" : "none" }, canvas);
  });
  series.slice(0, rows * 3).forEach((one, index) => {
    const x = 10 + (index % 3) * (width / 3), y = plot.top + plot.height + 28 + Math.floor(index / 3) * 14;
    svg("rect", { x, y: y - 6, width: 12, height: 3, fill: colours[index % colours.length] }, canvas);
    const last = one.points[one.points.length - 1];
    const text = `${one.name}  ${number(one.raw ?? last[1], defaults.unit)}`;
    write(canvas, x + 16, y, text.length > width / 21 ? text.slice(0, width / 21) + "…" : text, {});
  });
  box.append(canvas);
}

function stack(series) {
  const sums = new Map();
  for (const one of series) {
    one.raw = one.points[one.points.length - 1][1];
    one.points = one.points.map(([t, v]) => { const sum = (sums.get(t) ?? 0) + v; sums.set(t, sum); return [t, sum]; });
  }
}

async function drawNumber(panel, box, width, height) {
  const result = await instant(panel.targets[0]);
  if (!result.length) return nothing(box, width, height);
  const value = Number(result[0].value[1]);
  box.append(element("div", { fontSize: "30px", fontWeight: "600", textAlign: "center", lineHeight: height + "px", color: colour(value, panel.fieldConfig.defaults.thresholds) }, number(value, panel.fieldConfig.defaults.unit)));
}

async function drawTable(panel, box, width, height) {
  const organize = panel.transformations.find((t) => t.id === "organize").options;
  const rows = new Map();
  for (const target of panel.targets) {
    for (const one of await instant(target)) {
      const labels = Object.fromEntries(Object.entries(one.metric).filter(([key]) => key !== "__name__" && key in organize.indexByName));
      const key = JSON.stringify(labels);
      const row = rows.get(key) ?? { ...labels };
      row[`Value #${target.refId}`] = Number(one.value[1]);
      rows.set(key, row);
    }
  }
  if (!rows.size) return nothing(box, width, height);
  const fields = Object.keys(organize.indexByName).sort((a, b) => organize.indexByName[a] - organize.indexByName[b]);
  const sort = panel.options.sortBy?.[0];
  let list = [...rows.values()];
  if (sort) {
    const field = fields.find((f) => organize.renameByName[f] === sort.displayName);
    list.sort((a, b) => ((a[field] ?? Infinity) - (b[field] ?? Infinity)) * (sort.desc ? -1 : 1));
  }
  const table = element("table", { width: "100%", borderCollapse: "collapse", fontSize: "12px" });
  const head = element("tr");
  for (const field of fields) head.append(element("th", { textAlign: field.startsWith("Value") ? "right" : "left", color: "#6e9fff", padding: "4px 8px", borderBottom: "1px solid #2c3235" }, organize.renameByName[field] ?? field));
  table.append(head);
  for (const row of list.slice(0, Math.floor(height / 26) - 1)) {
    const line = element("tr");
    for (const field of fields) {
      const value = row[field];
      const properties = panel.fieldConfig.overrides.find((o) => o.matcher.options === organize.renameByName[field])?.properties ?? [];
      const property = (id) => properties.find((p) => p.id === id)?.value;
      const isNumber = typeof value === "number";
      const shade = isNumber && property("thresholds") ? colour(value, property("thresholds")) : "#d8d9da";
      line.append(element("td", { textAlign: field.startsWith("Value") ? "right" : "left", color: shade, padding: "4px 8px", borderBottom: "1px solid #22252b", whiteSpace: "nowrap" }, isNumber ? number(value, property("unit") ?? "short") : value ?? ""));
    }
    table.append(line);
  }
  box.append(table);
}

async function drawHeatmap(panel, box, width, height) {
  const series = (await course(panel.targets[0])).map((one) => ({ bound: one.metric.le === "+Inf" ? Infinity : Number(one.metric.le), points: new Map(one.values.map(([t, v]) => [t, Number(v)])) })).sort((a, b) => a.bound - b.bound);
  if (!series.length) return nothing(box, width, height);
  const times = [...new Set(series.flatMap((one) => [...one.points.keys()]))].sort();
  const cells = series.map((one, i) => times.map((t) => Math.max(0, (one.points.get(t) ?? 0) - (i ? series[i - 1].points.get(t) ?? 0 : 0))));
  const most = Math.max(...cells.flat());
  const canvas = svg("svg", { width, height });
  const plot = { left: 62, width: width - 74, height: height - 30 };
  series.forEach((one, row) => {
    const y = plot.height - ((row + 1) * plot.height) / series.length;
    write(canvas, plot.left - 4, y + plot.height / series.length / 2 + 3, one.bound === Infinity ? "+Inf" : number(one.bound, "s"), { "text-anchor": "end" });
    times.forEach((t, column) => {
      if (cells[row][column] > 0) svg("rect", { x: plot.left + (plot.width * (t - (end - seconds))) / seconds, y, width: plot.width / times.length + 0.5, height: plot.height / series.length - 1, fill: `rgba(255,152,48,${Math.pow(cells[row][column] / most, 0.5).toFixed(2)})` }, canvas);
    });
  });
  box.append(canvas);
}

async function drawStates(panel, box, width, height) {
  const target = panel.targets[0];
  const series = await course(target);
  if (!series.length) return nothing(box, width, height);
  const words = panel.fieldConfig.defaults.mappings?.[0]?.options ?? {};
  const canvas = svg("svg", { width, height });
  const row = Math.min(26, (height - 10) / series.length);
  series.forEach((one, index) => {
    const y = 6 + index * row;
    const name = legend(target, one.metric);
    write(canvas, 150, y + row / 2 + 3, name.length > 26 ? name.slice(0, 26) + "…" : name, { "text-anchor": "end" });
    for (const [t, v] of one.values) svg("rect", { x: 158 + ((width - 170) * (t - (end - seconds))) / seconds, y, width: ((width - 170) * step) / seconds + 1, height: row - 5, fill: named[words[v]?.color] ?? "#888" }, canvas);
  });
  box.append(canvas);
}

function nothing(box, width, height, text) {
  box.append(element("div", { textAlign: "center", lineHeight: height + "px", color: "#6e7680" }, text ?? "no data"));
}

const drawings = { timeseries: drawCourse, stat: drawNumber, table: drawTable, heatmap: drawHeatmap, "state-timeline": drawStates };

async function draw() {
  document.body.append(element("h1", { fontSize: "18px", margin: "0 0 8px 6px", fontWeight: "500" }, dashboard.title));
  for (const panel of dashboard.panels) {
    const { x, y, w, h } = panel.gridPos;
    const width = w * cell.width - cell.gap, height = h * cell.height - cell.gap;
    const frame = element("div", { position: "absolute", left: x * cell.width + cell.gap + "px", top: y * cell.height + 44 + "px", width: width + "px", height: height + "px" });
    document.body.append(frame);
    if (panel.type === "row") {
      frame.append(element("div", { fontSize: "14px", fontWeight: "600", lineHeight: height + "px" }, "▾ " + panel.title));
      continue;
    }
    Object.assign(frame.style, { background: "#181b1f", border: "1px solid #2c3235", borderRadius: "3px", overflow: "hidden" });
    frame.append(element("div", { fontSize: "12px", padding: "5px 8px", fontWeight: "500" }, panel.title));
    const box = element("div");
    frame.append(box);
    const size = [width - 2, height - 28];
    try {
      if (panel.datasource.type === "loki") nothing(box, ...size, "asks Loki");
      else await drawings[panel.type](panel, box, ...size);
    } catch (problem) {
      nothing(box, ...size, String(problem));
    }
  }
  document.title = "drawn";
}

draw();
