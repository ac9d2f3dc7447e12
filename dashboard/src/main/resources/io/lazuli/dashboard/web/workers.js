/** Who works: a table of workers, and a page for each. */
import { element, emptyState, reconcile, setText } from './dom.js';
import { bytes, count, duration } from './format.js';
import { gauge } from './progress.js';
import { cpuChart, memoryChart } from './resources.js';
import { TaskStream } from './taskstream.js';

const COLUMNS = ['Worker', 'State', 'Threads', 'Processors', 'Memory', 'Limit', 'Heap', 'Spilled', 'Running', 'Ended', 'Failed', 'Last seen'];
/** A worker that was not heard of for longer may be in trouble. */
const SILENT_NANOS = 10e9;

export class WorkersPage {
  /** @param {import('./store.js').Store} store @param {string} id of the worker, if the page is about one */
  constructor(store, id) {
    this.store = store;
    this.worker = id === undefined ? undefined : Number(id);
    this.none = emptyState('No workers', 'Workers appear here when they join.');
    this.rows = element('tbody', {});
    const parts = [element('section', {class: 'card scrolls'}, element('table', {},
      element('caption', {text: this.worker === undefined ? 'Workers' : `Worker ${this.worker}`}),
      element('thead', {}, element('tr', {}, ...COLUMNS.map((name, i) => element('th', {scope: 'col', class: i > 1 ? 'number' : '', text: name})))),
      this.rows))];
    if (this.worker !== undefined) {
      this.stream = new TaskStream(store, this.worker);
      this.memory = memoryChart(store, this.worker);
      this.cpu = cpuChart(store, this.worker);
      parts.unshift(element('p', {}, element('a', {href: '#/workers', text: '← All workers'})));
      parts.push(this.stream.element, element('div', {class: 'columns even'}, this.memory.element, this.cpu.element));
    }
    this.body = element('div', {}, ...parts);
    this.element = element('div', {class: 'page'}, this.none, this.body);
  }

  update() {
    const workers = this.store.workers.filter(worker => this.worker === undefined || worker.id === this.worker);
    this.none.hidden = workers.length > 0;
    this.body.hidden = workers.length === 0;
    reconcile(this.rows, workers, worker => worker.id, () => this.line());
    this.memory?.update();
    this.cpu?.update();
  }

  line() {
    const link = element('a', {});
    const place = element('div', {class: 'quiet'});
    const cells = COLUMNS.slice(1).map((_, i) => element('td', {class: i > 0 ? 'number' : ''}));
    const memory = gauge(true);
    const memoryText = element('span', {});
    cells[3].append(memoryText, memory.element);
    return {
      element: element('tr', {}, element('th', {scope: 'row'}, link, place), ...cells),
      update: worker => {
        const sample = worker.sample ?? {};
        const silence = this.store.clock - worker.seen;
        const isSilent = this.store.isBusy && silence > SILENT_NANOS;
        setText(link, worker.name);
        setText(place, worker.process === undefined ? '' : `${worker.host} · process ${worker.process}`);
        link.href = `#/workers/${worker.id}`;
        const gone = worker.departure ? `⊘ lost: ${worker.departure}` : '⊘ left';
        const state = !worker.present ? gone : this.store.closed ? '⊘ closed' : isSilent ? '? silent' : '✓ here';
        const texts = [
          state, count(worker.threads), sample.cpu === undefined ? '–' : (sample.cpu / 1_000).toFixed(2), undefined,
          bytes(sample.limit), `${bytes(sample.heap)} / ${bytes(sample.heapLimit)}`, bytes(sample.disk), count(worker.leased),
          count(worker.ended), count(worker.failed), silence < 2e9 ? 'now' : `${duration(silence)} ago`,
        ];
        texts.forEach((text, i) => text !== undefined && setText(cells[i], text));
        setText(memoryText, bytes(sample.reserved));
        memory.update(sample.reserved ?? 0, sample.limit ?? 0);
      },
    };
  }

  frame() {
    this.stream?.frame();
  }

  destroy() {
    this.memory?.destroy();
    this.cpu?.destroy();
  }
}
