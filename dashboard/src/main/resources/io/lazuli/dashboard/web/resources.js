/** Memory and processors of workers over time. */
import { BYTE_STEPS, TimeChart } from './chart.js';
import { bytes } from './format.js';

/** Workers whose own lines are shown; of more, the sums are. */
const MOST_WORKERS = 6;

/** @param {import('./store.js').Store} store */
export function memoryChart(store, onlyWorker = undefined) {
  return chart(store, onlyWorker, 'Memory', bytes, 'Memory over time', BYTE_STEPS, [
    {label: 'data', of: sample => sample.reserved},
    {label: 'heap', of: sample => sample.heap},
    {label: 'process, anonymous', of: sample => sample.anonymous},
    {label: 'spilled on disk', of: sample => sample.disk},
  ], sample => `${bytes(sample.reserved)} data · ${bytes(sample.heap)} heap`);
}

/** @param {import('./store.js').Store} store */
export function cpuChart(store, onlyWorker = undefined) {
  const format = value => value.toFixed(1);
  return chart(store, onlyWorker, 'Processors', format, 'Busy processors over time', undefined, [
    {label: 'processors', of: sample => sample.cpu / 1_000},
    {label: 'busy threads', of: sample => sample.busyThreads, dashed: true},
  ], sample => `${(sample.cpu / 1_000).toFixed(2)} busy`);
}

function chart(store, onlyWorker, title, format, hint, steps, lines, now) {
  const drawn = new TimeChart(title, format, hint, steps);
  return {
    element: drawn.element,
    destroy: () => drawn.destroy(),
    update() {
      const workers = [...store.samples].filter(([worker]) => onlyWorker === undefined || worker === onlyWorker);
      const last = workers.flatMap(([, samples]) => samples.slice(-1));
      const series = workers.length === 1
        ? lines.map(line => ({label: line.label, dashed: line.dashed, points: points(workers[0][1], line.of)}))
          .filter(line => line.points.some(([, value]) => value > 0))
        : workers.length <= MOST_WORKERS
          ? workers.map(([worker, samples]) => ({label: store.nameOf(worker), points: points(samples, lines[0].of)}))
          : [{label: `${lines[0].label} of ${workers.length} workers`, points: sums(workers, lines[0].of)}];
      drawn.update(series, last.length === 1 ? now(last[0]) : format(last.reduce((sum, sample) => sum + lines[0].of(sample), 0)));
    },
  };
}

function points(samples, of) {
  return samples.map(sample => [sample.nanos, Math.max(0, of(sample))]);
}

/** Of all workers, second by second. */
function sums(workers, of) {
  const bySecond = new Map();
  workers.forEach(([, samples]) => samples.forEach(sample => {
    const second = Math.floor(sample.nanos / 1e9) * 1e9;
    bySecond.set(second, (bySecond.get(second) ?? 0) + Math.max(0, of(sample)));
  }));
  return [...bySecond].sort((a, b) => a[0] - b[0]);
}
