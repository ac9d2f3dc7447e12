/** What each thread ran when: a lane for each thread, a box for each attempt, coloured by layer. Drawn on a canvas. */
import { element, reconcile, setText } from './dom.js';
import { FAILED_COLOR, layerColor, themeColor } from './palette.js';
import { clock, count, duration } from './format.js';

const LEFT = 64;
const TOP = 4;
const BOTTOM = 20;
const LANE = 22;
const MOST_HEIGHT = 420;
const WINDOWS = [[2, '2 s'], [10, '10 s'], [30, '30 s'], [120, '2 min'], [0, 'all']];
const MOST_LEGEND = 12;
const LEGEND_MILLIS = 500;

export class TaskStream {
  /** @param {import('./store.js').Store} store */
  constructor(store, onlyWorker = undefined) {
    this.store = store;
    this.onlyWorker = onlyWorker;
    this.seconds = 10;
    this.drawn = '';
    this.legendAt = -LEGEND_MILLIS;
    this.isLegendOld = false;
    this.canvas = element('canvas', {class: 'stream', role: 'img', tabindex: '0',
      onpointermove: event => this.point(event), onpointerleave: () => this.hideTip()});
    this.context = this.canvas.getContext('2d');
    this.tip = element('div', {class: 'tip', hidden: true, role: 'status'});
    this.legend = element('ul', {class: 'legend', 'aria-label': 'Layers'});
    this.empty = element('p', {class: 'quiet', text: 'No task has ended yet.'});
    this.select = element('select', {'aria-label': 'Time shown', onchange: () => {
      this.seconds = Number(this.select.value);
    }}, ...WINDOWS.map(([value, text]) => element('option', {value, text, selected: value === this.seconds})));
    this.element = element('section', {class: 'card stream-card'},
      element('header', {class: 'card-head'}, element('h2', {text: 'Task stream'}), this.select),
      this.empty,
      element('div', {class: 'stream-holder'}, this.canvas, this.tip), this.legend);
  }

  /** Lanes in the order of workers and threads. */
  lanes() {
    return this.store.spans.lanes
      .map((lane, index) => ({...lane, index}))
      .filter(lane => this.onlyWorker === undefined || lane.worker === this.onlyWorker)
      .sort((a, b) => a.worker - b.worker || a.thread - b.thread);
  }

  /** The times at both edges, in microseconds. */
  range() {
    const spans = this.store.spans;
    const right = this.store.isBusy ? Math.max(this.store.clock / 1_000, spans.latest) : spans.latest;
    const earliest = Number.isFinite(spans.earliest) ? spans.earliest : 0;
    const left = this.seconds === 0 ? earliest : right - this.seconds * 1e6;
    return {left, right: Math.max(right, left + 1_000)};
  }

  /** Draws, if anything has changed or moves. Called for every frame. */
  frame() {
    const spans = this.store.spans;
    const {left, right} = this.range();
    const width = this.canvas.parentElement.clientWidth;
    const state = `${spans.total} ${left} ${right} ${width} ${document.documentElement.dataset.theme} ${devicePixelRatio}`;
    const isLegendDue = this.isLegendOld && performance.now() - this.legendAt >= LEGEND_MILLIS;
    if (state === this.drawn && !isLegendDue || width === 0) {
      return;
    }
    this.drawn = state;
    const lanes = this.lanes();
    this.empty.hidden = lanes.length > 0;
    this.canvas.hidden = lanes.length === 0;
    this.laneHeight = Math.max(3, Math.min(LANE, (MOST_HEIGHT - TOP - BOTTOM) / Math.max(1, lanes.length)));
    const height = TOP + BOTTOM + Math.ceil(lanes.length * this.laneHeight);
    this.resize(width, height);
    this.rowOf = new Int32Array(spans.lanes.length).fill(-1);
    lanes.forEach((lane, row) => {
      this.rowOf[lane.index] = row;
    });
    this.scale = (width - LEFT) / (right - left);
    this.left = left;
    this.paintFrame(lanes, width, height, left, right);
    this.paintSpans(left, right, lanes.length);
  }

  resize(width, height) {
    const ratio = devicePixelRatio || 1;
    if (this.canvas.width !== Math.round(width * ratio) || this.canvas.height !== Math.round(height * ratio)) {
      this.canvas.width = Math.round(width * ratio);
      this.canvas.height = Math.round(height * ratio);
      this.canvas.style.height = `${height}px`;
    }
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  paintFrame(lanes, width, height, left, right) {
    const context = this.context;
    context.clearRect(0, 0, width, height);
    context.font = '11px system-ui, sans-serif';
    context.textBaseline = 'middle';
    const muted = themeColor('--muted');
    const line = themeColor('--line');
    const step = niceStep((right - left) / 6);
    context.textAlign = 'center';
    for (let time = Math.ceil(left / step) * step; time <= right; time += step) {
      const x = LEFT + (time - left) * this.scale;
      context.fillStyle = line;
      context.fillRect(Math.round(x), TOP, 1, height - TOP - BOTTOM);
      if (time >= 0 && x < width - 18) {
        context.fillStyle = muted;
        context.fillText(clock(time * 1_000), x, height - BOTTOM / 2);
      }
    }
    context.textAlign = 'right';
    lanes.forEach((lane, row) => {
      const y = TOP + row * this.laneHeight;
      context.fillStyle = line;
      context.fillRect(LEFT, Math.round(y + this.laneHeight) - 1, width - LEFT, 1);
      if (this.laneHeight >= 11) {
        context.fillStyle = muted;
        context.fillText(`w${lane.worker} · t${lane.thread}`, LEFT - 8, y + this.laneHeight / 2);
      }
    });
  }

  /** The newest first; those that would lie on a pixel that has its colour already are left out. */
  paintSpans(left, right, laneCount) {
    const spans = this.store.spans;
    const context = this.context;
    const filled = new Float64Array(laneCount).fill(Infinity);
    const height = Math.max(1, this.laneHeight - 3);
    const busy = new Map();
    const slack = 5e6;
    for (let i = 0; i < spans.size; i++) {
      const at = spans.at(i);
      const end = spans.end[at];
      if (end < left - slack) {
        break;
      }
      const row = this.rowOf[spans.lane[at]];
      if (row < 0 || end < left || spans.start[at] > right) {
        continue;
      }
      const label = spans.label[at];
      const sum = busy.get(label) ?? {tasks: 0, micros: 0};
      sum.tasks += spans.tasks[at];
      sum.micros += end - spans.start[at];
      busy.set(label, sum);
      const from = LEFT + Math.max(0, (spans.start[at] - left) * this.scale);
      const to = LEFT + (end - left) * this.scale;
      if (from >= filled[row] - 0.5 && spans.failed[at] === 0) {
        continue;
      }
      filled[row] = from;
      const boxWidth = Math.max(1, to - from - (to - from > 4 ? 1 : 0));
      const y = TOP + row * this.laneHeight + 1;
      context.fillStyle = layerColor(label);
      context.fillRect(from, y, boxWidth, height);
      if (spans.failed[at]) {
        this.paintFailure(from, y, Math.max(5, boxWidth), height);
      }
    }
    this.showLegend(busy);
  }

  /** A box with a cross: not told by its colour alone. */
  paintFailure(x, y, width, height) {
    const context = this.context;
    context.strokeStyle = FAILED_COLOR;
    context.fillStyle = themeColor('--card');
    context.lineWidth = 1.5;
    context.fillRect(x, y, width, height);
    context.beginPath();
    context.rect(x + 0.5, y + 0.5, width - 1, height - 1);
    context.moveTo(x, y);
    context.lineTo(x + width, y + height);
    context.moveTo(x, y + height);
    context.lineTo(x + width, y);
    context.stroke();
  }

  /** Layers in sight, the busiest first. Not for every frame: nobody reads so fast. */
  showLegend(busy) {
    const now = performance.now();
    this.isLegendOld = now - this.legendAt < LEGEND_MILLIS;
    if (this.isLegendOld) {
      return;
    }
    this.legendAt = now;
    const sorted = [...busy].sort((a, b) => b[1].micros - a[1].micros);
    const items = sorted.slice(0, MOST_LEGEND).map(([label, sum]) => ({label, ...sum}));
    reconcile(this.legend, items, item => item.label, item => {
      const name = element('span', {class: 'legend-name'});
      const sums = element('span', {class: 'quiet'});
      const mark = element('span', {class: 'swatch'});
      mark.style.background = layerColor(item.label);
      return {
        element: element('li', {}, mark, name, sums),
        update: ({label, tasks, micros}) => {
          setText(name, this.store.labels[label] ?? '');
          setText(sums, `${count(tasks)} · ${duration(micros * 1_000)}`);
        },
      };
    });
    this.canvas.setAttribute('aria-label', items.length === 0
      ? 'Task stream: nothing to show'
      : `Task stream of ${this.store.spans.lanes.length} threads; busiest layers: ${items.slice(0, 4)
        .map(item => this.store.labels[item.label]).join(', ')}`);
  }

  point(event) {
    const box = this.canvas.getBoundingClientRect();
    const found = this.find(event.clientX - box.left, event.clientY - box.top);
    if (found < 0) {
      this.hideTip();
      return;
    }
    const spans = this.store.spans;
    const lane = spans.lanes[spans.lane[found]];
    const tasks = spans.tasks[found];
    const what = tasks === 1
      ? `partition ${count(spans.partition[found])}`
      : `${count(tasks)} tasks from partition ${count(spans.partition[found])} on`;
    this.tip.replaceChildren(
      element('strong', {text: this.store.labels[spans.label[found]] ?? ''}),
      element('span', {text: what}),
      element('span', {text: `${duration((spans.end[found] - spans.start[found]) * 1_000)} from ${clock(spans.start[found] * 1_000)} on`}),
      element('span', {text: `${this.store.nameOf(lane.worker)}, thread ${lane.thread}${spans.failed[found] ? ', failed' : ''}`}));
    this.tip.hidden = false;
    const x = Math.min(event.clientX - box.left + 14, box.width - this.tip.offsetWidth - 4);
    this.tip.style.transform = `translate(${Math.max(0, x)}px, ${event.clientY - box.top + 16}px)`;
  }

  /** The row under a point, or -1. */
  find(x, y) {
    const spans = this.store.spans;
    const row = Math.floor((y - TOP) / this.laneHeight);
    const time = this.left + (x - LEFT) / this.scale;
    const near = 2 / this.scale;
    for (let i = 0; i < spans.size; i++) {
      const at = spans.at(i);
      if (this.rowOf[spans.lane[at]] === row && spans.start[at] - near <= time && time <= spans.end[at] + near) {
        return at;
      }
    }
    return -1;
  }

  hideTip() {
    this.tip.hidden = true;
  }
}

/** 1, 2 or 5 times a power of ten, not below `least`. */
function niceStep(least) {
  const power = 10 ** Math.floor(Math.log10(least));
  return power * [1, 2, 5, 10].find(factor => factor * power >= least);
}
