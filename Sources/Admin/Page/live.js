"use strict";
(() => {
  // Everything on the page is made of text nodes: nothing that a service has written can become markup.
  const POLL_MS = 2000;          // between two questions
  const RATE_POLLS = 5;          // a rate is taken over so many of them
  const QUANTILE_POLLS = 30;     // and a quantile over so many
  const CURVE_POINTS = 1800;     // an hour
  const ROWS_MAX = 100;
  const FAMILIES = [
    "martlet_requests", "martlet_request_errors", "martlet_request_duration_seconds", "martlet_log_records",
    "martlet_saturation_ratio", "martlet_records_read", "martlet_bytes_read", "martlet_input_up", "martlet_input_gaps",
    "martlet_output_up", "martlet_output_breaker_open", "martlet_records_shipped", "martlet_records_dropped",
    "martlet_records_in_flight", "martlet_delivery_lag_seconds", "martlet_redactions", "martlet_build",
    "martlet_slo_objective_ratio", "martlet_slo_burn_rate", "martlet_slo_error_budget_remaining_ratio",
    "martlet_slo_error_budget_exhaustion_seconds", "martlet_slo_alert_active",
    "process_resident_memory_bytes", "process_cpu_seconds", "process_start_time_seconds",
  ];

  const byId = (id) => document.getElementById(id);
  const polls = [];              // the latest answers, condensed
  const curves = new Map();      // service -> {traffic, errors}
  let token = "";
  let isPaused = false;
  let timer = 0;
  let isAsking = false;

  // ---- token -----------------------------------------------------------------------------------------------

  function takeToken() {
    const given = decodeURIComponent(location.hash.slice(1));
    if (given) {
      sessionStorage.setItem("martlet-token", given);
      history.replaceState(null, "", location.pathname + location.search);
    }
    token = sessionStorage.getItem("martlet-token") || "";
  }

  function askForToken(problem) {
    clearTimeout(timer);
    byId("board").hidden = true;
    byId("login").hidden = false;
    byId("login-problem").textContent = problem;
    say("token needed", "warn");
    byId("token").focus();
  }

  byId("login").addEventListener("submit", (event) => {
    event.preventDefault();
    token = byId("token").value.trim();
    byId("token").value = "";
    sessionStorage.setItem("martlet-token", token);
    poll();
  });

  // ---- asking ----------------------------------------------------------------------------------------------

  async function poll() {
    clearTimeout(timer);
    if (!token) return askForToken("");
    if (isAsking) return;
    isAsking = true;
    try {
      const answer = await fetch("/api/v1/state?families=" + FAMILIES.join(","), {
        headers: { Authorization: "Bearer " + token }, cache: "no-store", credentials: "omit",
      });
      if (answer.status === 401) return askForToken("That is not the token of this agent.");
      if (!answer.ok) throw new Error("the agent answers " + answer.status);
      take(await answer.json());
    } catch (error) {
      say("no answer: " + error.message, "bad");
    } finally {
      isAsking = false;
    }
    if (document.hidden) return;
    timer = setTimeout(poll, POLL_MS);
  }

  // ---- condensing ------------------------------------------------------------------------------------------

  function take(state) {
    const families = new Map(state.families.map((family) => [family.name, family]));
    const now = condense(state, families);
    polls.push(now);
    if (polls.length > QUANTILE_POLLS + 1) polls.shift();
    record(now);
    if (isPaused) return;
    byId("login").hidden = true;
    byId("board").hidden = false;
    show(state, families, now);
  }

  function condense(state, families) {
    const sums = new Map();      // "family|label value" -> number
    const add = (key, value) => sums.set(key, (sums.get(key) || 0) + value);
    const each = (name, label, prefix, accept) => {
      for (const sample of (families.get(name) || { samples: [] }).samples) {
        if (!accept || accept(sample.labels)) add(prefix + "|" + sample.labels[label], sample.value);
      }
    };
    each("martlet_requests", "service", "requests");
    each("martlet_request_errors", "service", "errors");
    each("martlet_log_records", "service", "records");
    each("martlet_log_records", "service", "bad", (labels) => labels.level === "error" || labels.level === "fatal");
    each("martlet_records_read", "input", "read");
    each("martlet_bytes_read", "input", "bytes");
    each("martlet_input_gaps", "input", "gaps");
    each("martlet_records_shipped", "output", "shipped");
    each("martlet_records_dropped", "output", "dropped");
    for (const sample of (families.get("martlet_redactions") || { samples: [] }).samples) {
      add("redacted|" + sample.labels.detector + "|" + sample.labels.action, sample.value);
    }
    for (const sample of (families.get("process_cpu_seconds") || { samples: [] }).samples) add("cpu|", sample.value);
    return {
      time: state.time, sums,
      latency: buckets(families.get("martlet_request_duration_seconds"), "service"),
      lag: buckets(families.get("martlet_delivery_lag_seconds"), "output"),
    };
  }

  function buckets(family, label) {
    const result = new Map();
    if (!family) return result;
    for (const sample of family.samples) {
      const name = sample.labels[label];
      const counts = result.get(name) || new Array(sample.counts.length).fill(0);
      sample.counts.forEach((count, index) => { counts[index] += count; });
      result.set(name, counts);
    }
    result.bounds = family.bounds;
    return result;
  }

  function rate(key) {
    const last = polls[polls.length - 1];
    const first = polls[Math.max(0, polls.length - 1 - RATE_POLLS)];
    const seconds = last.time - first.time;
    if (!(seconds > 0)) return null;
    const grown = (last.sums.get(key) || 0) - (first.sums.get(key) || 0);
    return Math.max(0, grown) / seconds;
  }

  function quantile(share, kind, name) {
    const last = polls[polls.length - 1][kind].get(name);
    if (!last) return null;
    const first = polls[0][kind].get(name);
    const bounds = polls[polls.length - 1][kind].bounds;
    let counts = last.map((count, index) => count - (first ? first[index] || 0 : 0));
    let total = counts.reduce((sum, count) => sum + count, 0);
    if (!(total > 0)) { counts = last; total = counts.reduce((sum, count) => sum + count, 0); }
    if (!(total > 0)) return null;
    let rank = share * total;
    for (let index = 0; index < counts.length; index += 1) {
      if (rank > counts[index]) { rank -= counts[index]; continue; }
      if (index >= bounds.length) return { seconds: bounds[bounds.length - 1], isBeyond: true };
      const low = index > 0 ? bounds[index - 1] : 0;
      return { seconds: low + (bounds[index] - low) * (counts[index] ? rank / counts[index] : 0), isBeyond: false };
    }
    return null;
  }

  function names(prefix) {
    const found = [];
    for (const key of polls[polls.length - 1].sums.keys()) {
      if (key.startsWith(prefix + "|")) found.push(key.slice(prefix.length + 1));
    }
    return found;
  }

  function record(now) {
    for (const service of new Set([...names("requests"), ...names("records")])) {
      if (!curves.has(service) && curves.size >= ROWS_MAX) continue;
      const curve = curves.get(service) || { traffic: [], errors: [] };
      const requests = rate("requests|" + service);
      if (requests !== null) {
        curve.traffic.push(requests);
        curve.errors.push(rate("errors|" + service) || 0);
        if (curve.traffic.length > CURVE_POINTS) { curve.traffic.shift(); curve.errors.shift(); }
      }
      curves.set(service, curve);
    }
  }

  // ---- showing ---------------------------------------------------------------------------------------------

  function show(state, families, now) {
    const count = state.problems.length;
    say(state.ready ? "ready" : count === 1 ? "not ready: 1 problem" : "not ready: " + count + " problems",
      state.ready ? "good" : "bad");
    showFacts(families, now);
    byId("problems").hidden = count === 0;
    fill(byId("problems").querySelector("ul"), state.problems.map((problem) =>
      make("li", {}, [make("strong", {}, [problem.component]), " " + problem.problem])));
    showServices(families);
    showObjectives(families);
    showInputs(families);
    showOutputs(families);
    showRedactions();
  }

  function showFacts(families, now) {
    const total = (prefix) => names(prefix).reduce((sum, name) => sum + (rate(prefix + "|" + name) || 0), 0);
    const build = first(families, "martlet_build");
    const started = first(families, "process_start_time_seconds");
    const memory = first(families, "process_resident_memory_bytes");
    fill(byId("facts"), [
      ["version", build ? build.labels.version : ""], ["up", started ? duration(now.time - started.value) : ""],
      ["records/s", number(total("read"))], ["bytes/s", bytes(total("bytes"))],
      ["memory", memory ? bytes(memory.value) : ""], ["CPU", percent(rate("cpu|"))],
    ].filter(([, value]) => value).map(([name, value]) =>
      make("div", {}, [make("dt", {}, [name]), make("dd", {}, [value])])));
  }

  function showServices(families) {
    const saturation = new Map((families.get("martlet_saturation_ratio") || { samples: [] }).samples
      .map((sample) => [sample.labels.service, sample.value]));
    const rows = [...new Set([...names("requests"), ...names("records")])].map((service) => {
      const requests = rate("requests|" + service);
      const errors = rate("errors|" + service);
      return { service, requests, errors, ratio: requests > 0 ? errors / requests : 0 };
    });
    rows.sort((left, right) => right.ratio - left.ratio || right.requests - left.requests
      || left.service.localeCompare(right.service));
    table("services", rows.slice(0, ROWS_MAX), "No service has logged anything yet.", (row) => {
      const curve = curves.get(row.service) || { traffic: [], errors: [] };
      return [
        make("th", { scope: "row", title: row.service }, [row.service]), cell(number(row.requests)),
        make("td", {}, [spark(curve.traffic, "")]),
        cell(percent(row.requests > 0 ? row.ratio : null), row.ratio >= 0.05 ? "bad" : row.ratio > 0.001 ? "warn" : ""),
        make("td", {}, [spark(curve.errors, "errors")]),
        cell(latency(quantile(0.5, "latency", row.service))), cell(latency(quantile(0.95, "latency", row.service))),
        cell(number(rate("records|" + row.service))),
        cell(whole(polls[polls.length - 1].sums.get("bad|" + row.service) || 0)),
        cell(percent(saturation.has(row.service) ? saturation.get(row.service) : null)),
      ];
    });
  }

  function showObjectives(families) {
    const objectives = (families.get("martlet_slo_objective_ratio") || { samples: [] }).samples;
    byId("objectives").hidden = objectives.length === 0;
    const of = (name, id) => (families.get(name) || { samples: [] }).samples.filter((sample) =>
      sample.labels.sloth_id === id);
    fill(byId("objectives").querySelector(".cards"), objectives.map((objective) => {
      const id = objective.labels.sloth_id;
      const left = of("martlet_slo_error_budget_remaining_ratio", id)[0];
      const exhaustion = of("martlet_slo_error_budget_exhaustion_seconds", id)[0];
      const firing = of("martlet_slo_alert_active", id).filter((sample) => sample.value > 0)
        .map((sample) => sample.labels.tier);
      const burns = of("martlet_slo_burn_rate", id).filter((sample) =>
        ["5m", "1h", "6h", "3d"].includes(sample.labels.window));
      const rows = [["objective", (objective.value * 100).toFixed(3).replace(/\.?0+$/, "") + " %"],
        ["budget left", left && left.value !== null ? percent(left.value) : "unknown"]];
      for (const burn of burns) {
        rows.push(["burn rate " + burn.labels.window, burn.value === null ? "unknown" : burn.value.toFixed(2)]);
      }
      if (exhaustion && exhaustion.value !== null) rows.push(["exhausted in", duration(exhaustion.value)]);
      const value = left && left.value !== null ? Math.max(0, Math.min(1, left.value)) : 0;
      return make("article", { class: "card" }, [
        make("h3", {}, [objective.labels.sloth_service + " " + objective.labels.sloth_slo]),
        make("p", { class: firing.length ? "bad" : "good" }, [firing.length ? "alert: " + firing.join(", ") : "no alert"]),
        make("meter", { min: 0, max: 1, low: 0.25, high: 0.5, optimum: 1, value, "aria-label": "error budget left" }, []),
        make("dl", {}, rows.flatMap(([name, text]) => [make("dt", {}, [name]), make("dd", {}, [text])])),
      ]);
    }));
  }

  function showInputs(families) {
    const up = (families.get("martlet_input_up") || { samples: [] }).samples;
    table("inputs", up, "No inputs.", (sample) => {
      const input = sample.labels.input;
      return [
        make("th", { scope: "row" }, [input]), state(sample.value > 0 ? "attached" : "not attached", sample.value > 0),
        cell(number(rate("read|" + input))), cell(bytes(rate("bytes|" + input))),
        cell(whole(polls[polls.length - 1].sums.get("gaps|" + input) || 0)),
      ];
    });
  }

  function showOutputs(families) {
    const up = (families.get("martlet_output_up") || { samples: [] }).samples;
    const flight = new Map((families.get("martlet_records_in_flight") || { samples: [] }).samples
      .map((sample) => [sample.labels.output, sample.value]));
    const open = new Map((families.get("martlet_output_breaker_open") || { samples: [] }).samples
      .map((sample) => [sample.labels.output, sample.value]));
    table("outputs", up, "No outputs.", (sample) => {
      const output = sample.labels.output;
      const dropped = polls[polls.length - 1].sums.get("dropped|" + output) || 0;
      return [
        make("th", { scope: "row" }, [output]),
        state(sample.value > 0 ? "working" : open.get(output) > 0 ? "only probed" : "failing", sample.value > 0),
        cell(number(rate("shipped|" + output))), cell(whole(flight.get(output) || 0)),
        cell(whole(dropped), dropped > 0 ? "warn" : ""), cell(latency(quantile(0.95, "lag", output))),
      ];
    });
  }

  function showRedactions() {
    const sums = polls[polls.length - 1].sums;
    const rows = names("redacted").map((name) => ({ name, total: sums.get("redacted|" + name) }))
      .sort((left, right) => right.total - left.total).slice(0, ROWS_MAX);
    const all = rows.reduce((sum, row) => sum + row.total, 0);
    table("redactions", rows, "Nothing had to be redacted so far.", (row) => {
      const [detector, action] = row.name.split("|");
      const value = all > 0 ? row.total / all : 0;
      return [
        make("th", { scope: "row" }, [detector]), make("td", {}, [action]), cell(whole(row.total)),
        cell(number(rate("redacted|" + row.name))),
        make("td", {}, [make("meter", { min: 0, max: 1, value, "aria-label": percent(value) + " of all" }, [])]),
      ];
    });
  }

  // ---- building --------------------------------------------------------------------------------------------

  function make(name, attributes, children) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  }

  function fill(element, children) { element.replaceChildren(...children); }

  function table(id, rows, nothing, cells) {
    const columns = byId(id).querySelectorAll("thead th").length;
    fill(byId(id).querySelector("tbody"), rows.length
      ? rows.map((row) => make("tr", {}, cells(row)))
      : [make("tr", {}, [make("td", { colspan: columns, class: "empty" }, [nothing])])]);
  }

  function cell(text, mood) { return make("td", { class: "number " + (mood || "") }, [text || "–"]); }

  function state(text, isGood) { return make("td", { class: isGood ? "good" : "bad" }, [(isGood ? "● " : "▲ ") + text]); }

  function spark(values, kind) {
    const space = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(space, "svg");
    svg.setAttribute("class", "spark " + kind);
    svg.setAttribute("viewBox", "0 0 100 20");
    svg.setAttribute("preserveAspectRatio", "none");
    svg.setAttribute("aria-hidden", "true");
    if (values.length < 2) return svg;
    const step = Math.max(1, Math.ceil(values.length / 120));
    const points = values.filter((_, index) => (values.length - 1 - index) % step === 0);
    const top = Math.max(...points, 1e-9);
    const path = document.createElementNS(space, "path");
    path.setAttribute("d", points.map((value, index) =>
      (index ? "L" : "M") + (100 * index / Math.max(1, points.length - 1)).toFixed(1) + " "
      + (19 - 18 * value / top).toFixed(1)).join(""));
    svg.append(path);
    return svg;
  }

  function say(text, mood) {
    const badge = byId("state");
    badge.className = "badge " + mood;
    if (badge.textContent !== text) badge.textContent = text;
  }

  function first(families, name) {
    const family = families.get(name);
    return family ? family.samples[0] : undefined;
  }

  // ---- words and numbers -----------------------------------------------------------------------------------

  function number(value) {
    if (value === null || value === undefined) return "";
    return value >= 100 ? Math.round(value).toLocaleString("en") : value >= 10 ? value.toFixed(1) : value.toFixed(2);
  }

  function whole(value) { return Math.round(value).toLocaleString("en"); }

  function percent(value) {
    if (value === null || value === undefined) return "";
    return (100 * value).toFixed(Math.abs(value) < 0.1 ? 2 : 1) + " %";
  }

  function bytes(value) {
    if (value === null || value === undefined) return "";
    const units = ["B", "KiB", "MiB", "GiB", "TiB"];
    let at = 0;
    let rest = value;
    while (rest >= 1024 && at < units.length - 1) { rest /= 1024; at += 1; }
    return rest.toFixed(at && rest < 100 ? 1 : 0) + " " + units[at];
  }

  function latency(found) {
    if (!found) return "";
    const text = found.seconds < 1 ? (1000 * found.seconds).toFixed(found.seconds < 0.01 ? 1 : 0) + " ms"
      : found.seconds < 100 ? found.seconds.toFixed(1) + " s" : duration(found.seconds);
    return (found.isBeyond ? "> " : "") + text;
  }

  function duration(seconds) {
    if (seconds < 60) return Math.max(0, Math.floor(seconds)) + " s";
    if (seconds < 3600) return Math.floor(seconds / 60) + " min";
    if (seconds < 172800) return Math.floor(seconds / 3600) + " h";
    return Math.floor(seconds / 86400) + " d";
  }

  // ---- controls --------------------------------------------------------------------------------------------

  byId("pause").addEventListener("click", () => {
    isPaused = !isPaused;
    byId("pause").setAttribute("aria-pressed", String(isPaused));
    byId("pause").textContent = isPaused ? "Resume" : "Pause";
  });

  byId("theme").addEventListener("click", () => {
    const isDark = document.documentElement.dataset.theme === "dark"
      || (!document.documentElement.dataset.theme && matchMedia("(prefers-color-scheme: dark)").matches);
    document.documentElement.dataset.theme = isDark ? "light" : "dark";
    localStorage.setItem("martlet-theme", document.documentElement.dataset.theme);
  });

  // Nobody looking: nobody asked.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) clearTimeout(timer); else poll();
  });
  addEventListener("hashchange", () => { takeToken(); poll(); });

  const theme = localStorage.getItem("martlet-theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  takeToken();
  poll();
})();
