/** Numbers as people read them. All are pure, and short enough for a table. */

const COUNT = new Intl.NumberFormat('en-US');
const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** @param {number} value @returns {string} such as `12,345` */
export function count(value) {
  return COUNT.format(Math.round(value));
}

/** Large numbers in three digits. @param {number} value @returns {string} such as `12.3 M` */
export function brief(value) {
  if (value < 10_000_000) {
    return count(value);
  }
  const steps = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M'], [1e3, 'k']];
  const [size, unit] = steps.find(([least]) => value >= least);
  return `${digits(value / size)} ${unit}`;
}

/** @param {number} value @returns {string} such as `1.5 GiB`; a dash if it is not known */
export function bytes(value) {
  if (value === undefined || value < 0) {
    return '–';
  }
  let unit = 0;
  while (value >= 1000 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : digits(value)} ${BYTE_UNITS[unit]}`;
}

/** @param {number} nanos @returns {string} such as `1.25 s` or `3 min 20 s` */
export function duration(nanos) {
  if (nanos === undefined) {
    return '–';
  }
  if (nanos < 1e3) {
    return `${Math.round(nanos)} ns`;
  }
  if (nanos < 1e6) {
    return `${digits(nanos / 1e3)} µs`;
  }
  if (nanos < 1e9) {
    return `${digits(nanos / 1e6)} ms`;
  }
  const seconds = nanos / 1e9;
  if (seconds < 100) {
    return `${digits(seconds)} s`;
  }
  const minutes = Math.floor(seconds / 60);
  return minutes < 100
    ? `${minutes} min ${Math.floor(seconds % 60)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @param {number} perSecond @returns {string} such as `1,234/s` */
export function rate(perSecond) {
  return perSecond === undefined ? '–' : `${perSecond < 10 ? digits(perSecond) : brief(perSecond)}/s`;
}

/** @param {number} share from 0 to 1 @returns {string} such as `12 %` */
export function percent(share) {
  return `${share > 0 && share < 0.01 ? '<1' : Math.floor(share * 100)} %`;
}

/** Seconds since the start as a clock shows them. @param {number} nanos @returns {string} such as `1:02.5` */
export function clock(nanos) {
  const seconds = nanos / 1e9;
  const rest = (seconds % 60).toFixed(1).padStart(4, '0');
  return `${Math.floor(seconds / 60)}:${rest}`;
}

/** Three significant digits. @param {number} value */
function digits(value) {
  return value >= 100 ? String(Math.round(value)) : value >= 10 ? value.toFixed(1) : value.toFixed(2);
}
