/** Lines over time, drawn by uPlot. */
import { element } from './dom.js';
import { layerColor, themeColor } from './palette.js';
import { clock } from './format.js';

const MOST_LINES = 10;
const HEIGHT = 130;
const SECOND_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 7_200, 21_600, 86_400];
/** Powers of two, for bytes. */
export const BYTE_STEPS = Array.from({length: 50}, (_, i) => 2 ** i);

export class TimeChart {
  /**
   * @param {string} title
   * @param {(value: number) => string} format of values
   * @param {string} hint what a screen reader says of it
   * @param {number[]} [steps] between two values of the axis, ascending
   */
  constructor(title, format, hint, steps = undefined) {
    this.format = format;
    this.steps = steps;
    this.caption = element('span', {class: 'chart-now'});
    this.holder = element('div', {class: 'chart', role: 'img', 'aria-label': hint});
    this.element = element('section', {class: 'card'},
      element('header', {class: 'card-head'}, element('h2', {text: title}), this.caption), this.holder);
    this.lines = '';
    this.plot = undefined;
    this.series = [];
    this.observer = new ResizeObserver(() => this.resize());
    this.observer.observe(this.holder);
  }

  /**
   * @param {{label: string, points: [number, number][], dashed?: boolean}[]} series times in nanoseconds, ascending
   * @param {string} now what stands beside the title
   */
  update(series, now) {
    this.caption.textContent = now;
    this.series = series;
    this.draw();
  }

  draw() {
    const {series} = this;
    const shown = series.slice(0, MOST_LINES);
    const data = align(shown);
    const lines = JSON.stringify(shown.map(line => line.label)) + document.documentElement.dataset.theme;
    if (lines !== this.lines && this.holder.clientWidth > 0) {
      this.lines = lines;
      this.plot?.destroy();
      this.plot = new globalThis.uPlot(this.options(shown), data, this.holder);
    } else {
      this.plot?.setData(data);
    }
  }

  options(series) {
    const axis = {stroke: themeColor('--muted'), grid: {stroke: themeColor('--line'), width: 1}, ticks: {show: false}, font: '11px system-ui, sans-serif'};
    return {
      width: this.holder.clientWidth,
      height: HEIGHT,
      padding: [8, 20, 0, 0],
      scales: {x: {time: false}, y: {range: (_, min, max) => [0, max > 0 ? max * 1.08 : 1]}},
      axes: [
        {...axis, size: 24, incrs: SECOND_STEPS, values: (_, ticks) => ticks.map(tick => clock(tick * 1e9).replace(/\.\d$/, ''))},
        {...axis, size: 58, incrs: this.steps, values: (_, ticks) => ticks.map(tick => this.format(tick))},
      ],
      legend: {show: series.length > 1, live: true, markers: {width: 0, fill: (_, i) => layerColor(i - 1)}},
      cursor: {points: {size: 6}, y: false},
      series: [
        {label: 'time', value: (_, value) => value === null ? '' : clock(value * 1e9)},
        ...series.map((line, i) => ({
          label: line.label,
          stroke: layerColor(i),
          width: 1.6,
          dash: line.dashed ? [5, 4] : undefined,
          fill: i === 0 && !line.dashed ? `${layerColor(i)}22` : undefined,
          points: {show: false},
          spanGaps: true,
          value: (_, value) => value === null ? '–' : this.format(value),
        })),
      ],
    };
  }

  resize() {
    if (this.holder.clientWidth === 0) {
      return;
    }
    if (this.plot) {
      this.plot.setSize({width: this.holder.clientWidth, height: HEIGHT});
    } else {
      // It had no place so far.
      this.draw();
    }
  }

  destroy() {
    this.observer.disconnect();
    this.plot?.destroy();
  }
}

/** One column of times for all lines; what a line has not at a time is null. Times become seconds. */
function align(series) {
  const times = [...new Set(series.flatMap(line => line.points.map(([time]) => time)))].sort((a, b) => a - b);
  const places = new Map(times.map((time, i) => [time, i]));
  const columns = series.map(line => {
    const column = new Array(times.length).fill(null);
    line.points.forEach(([time, value]) => {
      column[places.get(time)] = value;
    });
    return column;
  });
  return [times.map(time => time / 1e9), ...columns];
}
