/** The first page: how far jobs are, what each thread does, what memory and processors are used. */
import { element, emptyState, reconcile, setText } from './dom.js';
import { brief, bytes, count, duration, percent, rate } from './format.js';
import { progressBar, gauge } from './progress.js';
import { signOf } from './palette.js';
import { innerOf, layersOf } from './store.js';
import { TaskStream } from './taskstream.js';
import { cpuChart, memoryChart } from './resources.js';

const MOST_JOBS = 12;
const MOST_LAYERS = 40;

export class StatusPage {
  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.store = store;
    this.tiles = ['Tasks', 'Running', 'Processors', 'Memory', 'Spilled'].map(tile);
    this.stream = new TaskStream(store);
    this.jobs = element('div', {class: 'jobs'});
    this.none = emptyState('No jobs yet', 'They appear here as soon as something is computed.');
    this.memory = memoryChart(store);
    this.cpu = cpuChart(store);
    this.element = element('div', {class: 'page status'},
      element('div', {class: 'tiles'}, ...this.tiles.map(part => part.element)),
      element('div', {class: 'columns'},
        element('div', {class: 'wide'}, this.stream.element,
          element('section', {class: 'card'},
            element('header', {class: 'card-head'}, element('h2', {text: 'Progress'}), legend()), this.none, this.jobs)),
        element('div', {class: 'narrow'}, this.memory.element, this.cpu.element)));
  }

  update() {
    this.updateTiles();
    const jobs = this.store.jobList;
    this.none.hidden = jobs.length > 0;
    reconcile(this.jobs, jobs.slice(0, MOST_JOBS), job => job.id, jobCard);
    this.memory.update();
    this.cpu.update();
  }

  updateTiles() {
    const {totals, workers} = this.store;
    const present = workers.filter(worker => worker.present);
    const samples = present.flatMap(worker => worker.sample ?? []);
    const sum = of => samples.reduce((all, sample) => all + Math.max(0, of(sample)), 0);
    const running = this.store.jobList.filter(job => job.state === 'running');
    const threads = present.reduce((all, worker) => all + worker.threads, 0);
    const busy = running.flatMap(job => [...layersOf(job), ...innerOf(job)]).reduce((all, layer) => all + layer.running, 0);
    const speed = running.reduce((all, job) => all + (job.rate ?? 0), 0);
    const cpu = sum(sample => sample.cpu) / 1_000;
    const [tasks, run, processors, memory, spilled] = this.tiles;
    tasks.update(brief(totals.finished ?? 0), running.length > 0 ? `finished, ${rate(speed)}` : 'finished', undefined, 0);
    run.update(brief(busy), `of ${count(threads)} threads, ${count(running.length)} ${running.length === 1 ? 'job' : 'jobs'}`,
      Math.min(busy, threads), threads);
    processors.update(cpu.toFixed(1), 'processors busy', cpu, Math.max(threads, cpu));
    const reserved = sum(sample => sample.reserved);
    const limit = sum(sample => sample.limit);
    memory.update(bytes(reserved), `of ${bytes(limit)}, ${percent(limit > 0 ? reserved / limit : 0)}`, reserved, limit);
    spilled.update(bytes(sum(sample => sample.disk)), `on disk, ${bytes(totals.spillWritten ?? 0)} written in all`, undefined, 0);
  }

  frame() {
    this.stream.frame();
  }

  destroy() {
    this.memory.destroy();
    this.cpu.destroy();
  }
}

function tile(title) {
  const value = element('div', {class: 'tile-value', text: '–'});
  const note = element('div', {class: 'tile-note'});
  const bar = gauge(title === 'Memory');
  return {
    element: element('section', {class: 'tile card'}, element('h2', {text: title}), value, note, bar.element),
    update(now, text, used, limit) {
      setText(value, now);
      setText(note, text);
      bar.element.hidden = used === undefined;
      bar.update(used ?? 0, limit);
    },
  };
}

function legend() {
  const parts = [['finished', 'finished'], ['running', 'running'], ['failed', 'failed'], ['waiting', 'waiting']];
  return element('ul', {class: 'legend compact'}, ...parts.map(([name, text]) =>
    element('li', {}, element('span', {class: `swatch bar-${name}`}), text)));
}

/** A job with its layers. */
function jobCard(first) {
  const badge = element('span', {class: 'badge'});
  const name = element('a', {class: 'job-name', href: `#/plan/${first.id}`});
  const facts = element('span', {class: 'job-facts'});
  const bar = progressBar();
  const failure = element('p', {class: 'failure-text', hidden: true});
  const layers = element('div', {class: 'layers', role: 'table', 'aria-label': 'Layers'});
  const more = element('p', {class: 'quiet', hidden: true});
  const card = element('article', {class: 'job'},
    element('header', {}, badge, name, facts), bar.element, failure, layers, more);
  return {
    element: card,
    update(job) {
      const all = [...layersOf(job).filter(layer => !layer.held && layer.tasks > 0), ...innerOf(job)];
      const sum = of => all.reduce((total, layer) => total + of(layer), 0);
      badge.className = `badge is-${job.state}`;
      setText(badge, `${signOf(job.state)} ${job.state}`);
      setText(name, job.name || `job ${job.id}`);
      const left = job.left === undefined ? 'time left unknown' : `${duration(job.left)} left`;
      setText(facts, `${count(job.finished)} / ${count(job.tasks)} tasks · ${duration(job.elapsed)}`
        + (job.recomputed > 0 ? ` · ${count(job.recomputed)} made again` : '')
        + (job.state === 'running' ? ` · ${rate(job.rate ?? 0)} · ${left}` : ''));
      bar.update({tasks: job.tasks, finished: job.finished, running: sum(layer => layer.running), failed: sum(layer => layer.failed)});
      failure.hidden = !job.failure;
      setText(failure, job.failure ?? '');
      const shown = job.state === 'running' || job.id === first.id && all.length <= MOST_LAYERS ? all.slice(0, MOST_LAYERS) : [];
      reconcile(layers, shown, layer => `${layer.isInner ? 'inner' : 'own'} ${layer.index}`, layerRow);
      more.hidden = shown.length >= all.length;
      setText(more, `${count(all.length - shown.length)} more layers: see the plan.`);
    },
  };
}

function layerRow() {
  const label = element('span', {class: 'layer-label', role: 'cell'});
  const bar = progressBar();
  const done = element('span', {class: 'number', role: 'cell'});
  const states = element('span', {class: 'layer-states', role: 'cell'});
  return {
    element: element('div', {class: 'layer-row', role: 'row'}, label,
      element('span', {role: 'cell'}, bar.element), done, states),
    update(layer) {
      setText(label, layer.label);
      label.title = layer.label;
      bar.update(layer);
      setText(done, `${count(layer.finished)} / ${count(layer.tasks)}`);
      const facts = [
        layer.running > 0 ? `▶ ${count(layer.running)}` : '',
        layer.failed > 0 ? `✕ ${count(layer.failed)}` : '',
        layer.rate > 0 ? rate(layer.rate) : '',
        layer.left > 0 ? `${duration(layer.left)} left` : '',
        layer.waiting > 0 ? `${count(layer.waiting)} waiting` : '',
      ];
      setText(states, facts.filter(text => text).join(' · ') || duration(layer.busy));
    },
  };
}
