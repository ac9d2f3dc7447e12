/** Bars that say how far something is. */
import { element } from './dom.js';
import { count } from './format.js';

/**
 * Finished, running, failed and waiting as one bar: told apart by colour, pattern and text.
 * @returns {{element: HTMLElement, update: (counts: {finished: number, running: number, failed: number, tasks: number}) => void}}
 */
export function progressBar() {
  const parts = ['finished', 'running', 'failed'].map(name => element('span', {class: `bar-${name}`}));
  const bar = element('div', {class: 'bar', role: 'progressbar', 'aria-valuemin': '0', 'aria-valuemax': '100'}, ...parts);
  return {
    element: bar,
    update(counts) {
      const all = Math.max(1, counts.tasks);
      [counts.finished, counts.running, counts.failed].forEach((value, i) => {
        parts[i].style.width = `${100 * Math.min(1, value / all)}%`;
      });
      bar.setAttribute('aria-valuenow', String(Math.floor(100 * counts.finished / all)));
      bar.setAttribute('aria-valuetext', `${count(counts.finished)} of ${count(counts.tasks)} finished`);
    },
  };
}

/**
 * How much of something is used.
 * @param {boolean} isLimit it is no good to come close to it
 * @returns {{element: HTMLElement, update: (used: number, limit: number) => void}}
 */
export function gauge(isLimit) {
  const fill = element('span', {});
  const bar = element('div', {class: 'gauge'}, fill);
  return {
    element: bar,
    update(used, limit) {
      const share = limit > 0 ? Math.min(1, Math.max(0, used / limit)) : 0;
      fill.style.width = `${100 * share}%`;
      bar.classList.toggle('is-high', isLimit && share > 0.85);
    },
  };
}
