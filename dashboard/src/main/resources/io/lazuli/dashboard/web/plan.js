/** The layers of a job in order, with what each has done and cost. */
import { element, emptyState, reconcile, setText } from './dom.js';
import { bytes, count, duration, percent } from './format.js';
import { JobPicker } from './jobpicker.js';
import { progressBar } from './progress.js';
import { signOf } from './palette.js';
import { innerOf, inputName, layersOf } from './store.js';

const COLUMNS = ['Operator', 'Tasks', 'Rows', 'Bytes', 'Time', 'Longest', 'Mean', 'Share of time', 'Reads'];

export class PlanPage {
  /** @param {import('./store.js').Store} store @param {string} id of the job */
  constructor(store, id) {
    this.picker = new JobPicker(store, 'plan', id);
    this.none = emptyState('No plan yet', 'The operators of a job are listed here while it runs and after it.');
    this.facts = element('dl', {class: 'facts'});
    this.failure = element('p', {class: 'failure-text'});
    this.rows = element('tbody', {});
    this.innerRows = element('tbody', {});
    this.inner = this.table('Set off by its tasks', this.innerRows);
    this.body = element('div', {},
      element('section', {class: 'card'}, this.facts, this.failure), this.table('Operators, in the order of the plan', this.rows), this.inner);
    this.element = element('div', {class: 'page'}, this.picker.element, this.none, this.body);
  }

  table(caption, rows) {
    return element('section', {class: 'card scrolls'}, element('table', {},
      element('caption', {text: caption}),
      element('thead', {}, element('tr', {}, ...COLUMNS.map((name, i) => element('th', {scope: 'col', class: i === 0 || i > 6 ? '' : 'number', text: name})))),
      rows));
  }

  update() {
    const job = this.picker.update();
    this.none.hidden = job !== undefined;
    this.body.hidden = job === undefined;
    if (job === undefined) {
      return;
    }
    const layers = layersOf(job);
    const inner = innerOf(job);
    const busy = [...layers, ...inner].reduce((sum, layer) => sum + layer.busy, 0);
    const facts = [
      ['State', `${signOf(job.state)} ${job.state}`], ['Elapsed', duration(job.elapsed)], ['Work', duration(busy)],
      ['Tasks', `${count(job.finished)} of ${count(job.tasks)}`], ['Retried', count(job.retries)], ['Made again', count(job.recomputed)],
      ['Spilled', `${bytes(job.spillWritten)} written, ${bytes(job.spillRead)} read back`],
    ];
    reconcile(this.facts, facts, ([name]) => name, factItem);
    this.failure.hidden = !job.failure;
    setText(this.failure, job.failure ?? '');
    const rowOf = layer => ({...layer, share: busy > 0 ? layer.busy / busy : 0, layers});
    reconcile(this.rows, layers.map(rowOf), layer => layer.index, layerLine);
    this.inner.hidden = inner.length === 0;
    reconcile(this.innerRows, inner.map(rowOf), layer => layer.label, layerLine);
  }

  destroy() {}
}

function factItem() {
  const name = element('dt', {});
  const value = element('dd', {});
  return {
    element: element('div', {}, name, value),
    update([title, text]) {
      setText(name, title);
      setText(value, text);
    },
  };
}

function layerLine() {
  const label = element('span', {class: 'plan-label'});
  const bar = progressBar();
  const cells = COLUMNS.slice(1).map((_, i) => element('td', {class: i < 6 ? 'number' : ''}));
  const share = element('span', {});
  const shareText = element('span', {});
  cells[6].append(element('span', {class: 'share'}, share), shareText);
  return {
    element: element('tr', {}, element('th', {scope: 'row'}, label, bar.element), ...cells),
    update(layer) {
      setText(label, layer.label);
      label.title = layer.label;
      bar.update(layer);
      const texts = [
        layer.held ? 'held' : `${count(layer.finished)} / ${count(layer.tasks)}`,
        count(layer.rows), bytes(layer.bytes), duration(layer.busy),
        layer.longest > 0 ? duration(layer.longest) : '–',
        layer.finished > 0 && layer.busy > 0 ? duration(layer.busy / layer.finished) : '–',
      ];
      texts.forEach((text, i) => setText(cells[i], text));
      share.style.width = `${100 * layer.share}%`;
      setText(shareText, percent(layer.share));
      setText(cells[7], layer.inputs.map(input => inputName(input, layer, layer.layers)).join(', ') || '–');
      cells[7].title = cells[7].textContent;
    },
  };
}
