/** Colours that people with any colour vision tell apart (Okabe and Ito), and signs that say the same without colour. */

const LAYERS = ['#0072b2', '#e69f00', '#009e73', '#cc79a7', '#56b4e9', '#d55e00', '#8a7fd6', '#b5a800', '#5f8f9b', '#a0674b'];

/** Of a layer by the number of its label. @param {number} index */
export function layerColor(index) {
  return LAYERS[index % LAYERS.length];
}

export const FAILED_COLOR = '#d55e00';

/** What a state looks like beside its colour. */
const SIGNS = {running: '▶', succeeded: '✓', failed: '✕', cancelled: '⊘', retried: '↻', lost: '?', job: '✕', worker: '⊘'};

/** @param {string} state of a job or failure */
export function signOf(state) {
  return SIGNS[state] ?? '•';
}

/** A colour of the current theme. @param {string} name of a custom property */
export function themeColor(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
