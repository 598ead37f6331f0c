"use strict";
// The page of a LeanTea server: three charts fed by server-sent events, and a WebSocket echo box.
// Both connect again by themselves when the server was restarted.

const SAMPLES = 60;
const RECONNECT_MS = 1000;
const ECHOES_SHOWN = 6;
const NOTHING = "–";

const byId = (id) => document.getElementById(id);

// ---- figures as text

function formatCount(value) {
  if (value >= 10000) return (value / 1000).toFixed(value >= 100000 ? 0 : 1) + " k";
  return value >= 10 || Number.isInteger(value) ? Math.round(value).toString() : value.toFixed(1);
}

function formatMicros(value) {
  if (value === null) return NOTHING;
  if (value >= 1e6) return (value / 1e6).toFixed(2) + " s";
  if (value >= 1000) return (value / 1000).toFixed(value >= 100000 ? 0 : 1) + " ms";
  return (value >= 10 ? Math.round(value) : value.toFixed(1)) + " µs";
}

// ---- charts

/** 1, 2 or 5 times a power of ten, the least that is not below the value. */
function niceCeiling(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((step) => step * power).find((top) => top >= value);
}

function svgElement(parent, name, attributes, text) {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  parent.append(element);
}

class Chart {
  /** @param lines functions from a sample to a number, or null where there is none */
  constructor(id, least, format, lines) {
    this.figure = byId(id);
    this.svg = this.figure.querySelector("svg");
    this.least = least;
    this.format = format;
    this.lines = lines;
  }

  draw(samples) {
    this.lines.forEach((line, i) => {
      const now = samples.length === 0 ? null : line(samples.at(-1));
      this.figure.querySelector(`[data-line="${i}"]`).textContent =
        now === null ? NOTHING : this.format(now);
    });
    this.svg.replaceChildren();
    const box = this.svg.getBoundingClientRect();
    if (box.width > 0) this.plot(samples, box.width, box.height);
  }

  plot(samples, width, height) {
    const bottom = height - 16;
    const values = samples.flatMap((sample) => this.lines.map((line) => line(sample) ?? 0));
    const top = niceCeiling(Math.max(this.least, ...values));
    const x = (i) => width - 2 - ((samples.length - 1 - i) * (width - 4)) / (SAMPLES - 1);
    const y = (value) => bottom - (value / top) * (bottom - 14);
    for (const at of [14, bottom]) {
      svgElement(this.svg, "path", { class: "grid", d: `M0 ${at}H${width}` });
    }
    svgElement(this.svg, "text", { x: 0, y: 10 }, this.format(top));
    svgElement(this.svg, "text", { x: 0, y: height - 2 }, "1 min ago");
    svgElement(this.svg, "text", { x: width, y: height - 2, "text-anchor": "end" }, "now");
    this.lines.forEach((line, i) => {
      const runs = pointRuns(samples.map(line), x, y);
      if (this.lines.length === 1) {
        for (const run of runs) {
          const area = `M${run[0][0]} ${bottom}L${run.join("L")}L${run.at(-1)[0]} ${bottom}Z`;
          svgElement(this.svg, "path", { class: "area", d: area });
        }
      }
      const trace = runs.map((run) => `M${run.join("L")}`).join("");
      svgElement(this.svg, "path", { class: i === 0 ? "trace" : "trace second", d: trace });
    });
  }
}

/** The points, in runs without a gap; a point alone becomes a short dash. */
function pointRuns(values, x, y) {
  const runs = [];
  let run = [];
  values.forEach((value, i) => {
    if (value === null) {
      run = [];
      return;
    }
    if (run.length === 0) runs.push(run);
    run.push([x(i).toFixed(1), y(value).toFixed(1)]);
  });
  return runs.map((it) => (it.length > 1 ? it : [it[0], it[0]]));
}

const charts = [
  new Chart("requests", 5, formatCount, [(s) => s.requestsPerSecond]),
  new Chart("latency", 100, formatMicros, [
    (s) => (s.requestsPerSecond > 0 ? s.p50Micros : null),
    (s) => (s.requestsPerSecond > 0 ? s.p99Micros : null),
  ]),
  new Chart("connections", 5, formatCount, [(s) => s.connections]),
];

let samples = [];

function draw() {
  for (const chart of charts) chart.draw(samples);
}

// ---- the stream of figures

function show(state) {
  byId("state").dataset.state = state;
  byId("state").textContent = state;
  byId("off").hidden = state !== "off";
  byId("charts").hidden = state === "off";
  byId("charts").classList.toggle("stale", state !== "live");
}

function showServer(state) {
  const since = new Date(state.started).toLocaleTimeString();
  byId("server").textContent = `${state.backend} backend on ${state.engine}, up since ${since}`;
  byId("server").dataset.started = state.started;
}

function listen() {
  const source = new EventSource("/dashboard/events");
  let off = false;
  source.addEventListener("state", (event) => {
    const state = JSON.parse(event.data);
    samples = state.samples;
    showServer(state);
    show("live");
    draw();
  });
  source.addEventListener("sample", (event) => {
    const sample = JSON.parse(event.data);
    if (samples.length > 0 && sample.time <= samples.at(-1).time) return; // it came with the state
    samples = [...samples, sample].slice(-SAMPLES);
    draw();
  });
  source.addEventListener("off", () => {
    off = true;
    byId("server").textContent = "this server, live";
    show("off");
  });
  source.onerror = () => {
    if (!off) show("reconnecting");
    off = false; // the stream ended in order; when it fails after that, the server is gone
    if (source.readyState === EventSource.CLOSED) setTimeout(listen, RECONNECT_MS);
  };
}

// ---- the echo box

let socket = null;
const sentAt = [];

function connect() {
  socket = new WebSocket(`${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`);
  socket.onopen = () => (byId("send").disabled = false);
  socket.onmessage = (message) => showEcho(message.data, performance.now() - sentAt.shift());
  socket.onclose = () => {
    byId("send").disabled = true;
    sentAt.length = 0;
    setTimeout(connect, RECONNECT_MS);
  };
}

function showEcho(text, millis) {
  const item = document.createElement("li");
  for (const [name, content] of [["text", text], ["took", `${millis.toFixed(1)} ms`]]) {
    const part = document.createElement("span");
    part.className = name;
    part.textContent = content;
    item.append(part);
  }
  byId("echoes").prepend(item);
  while (byId("echoes").children.length > ECHOES_SHOWN) byId("echoes").lastChild.remove();
}

byId("echo").addEventListener("submit", (event) => {
  event.preventDefault();
  if (byId("send").disabled) return;
  sentAt.push(performance.now());
  socket.send(byId("message").value);
});

new ResizeObserver(draw).observe(byId("charts"));
listen();
connect();
