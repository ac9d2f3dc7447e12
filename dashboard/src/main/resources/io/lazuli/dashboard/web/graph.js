/** The layers of a job as a graph, filled as far as they are. Moved by dragging, enlarged by wheel, buttons and keys. */
import { element, emptyState, reconcile, setAttribute, setText, shape } from './dom.js';
import { brief, bytes, count, duration } from './format.js';
import { JobPicker } from './jobpicker.js';
import { layOut } from './layering.js';
import { inputName, layersOf } from './store.js';

const BOX = {width: 240, height: 60};
const MARGIN = 24;
const LONGEST_LABEL = 28;

export class GraphPage {
  /** @param {import('./store.js').Store} store @param {string} id of the job */
  constructor(store, id) {
    this.picker = new JobPicker(store, 'graph', id);
    this.none = emptyState('No job to draw', 'The graph of a job appears here while it runs and after it.');
    this.details = element('aside', {class: 'card details', 'aria-label': 'Layer'},
      element('p', {class: 'quiet', text: 'Point at a layer, or walk through them with the tab key.'}));
    this.edges = shape('g', {class: 'edges'});
    this.boxes = shape('g', {});
    this.arrow = shape('marker', {id: 'arrow', viewBox: '0 0 8 8', refX: '7', refY: '4', markerWidth: '7', markerHeight: '7', orient: 'auto'},
      shape('path', {d: 'M0 0 8 4 0 8z', class: 'arrow'}));
    this.picture = shape('svg', {class: 'graph', tabindex: '0', role: 'group', 'aria-label': 'Layers of the job',
      onpointerdown: event => this.grab(event), onpointermove: event => this.drag(event), onpointerup: () => this.drop(),
      onpointercancel: () => this.drop(), onwheel: event => this.wheel(event), onkeydown: event => this.key(event)},
    shape('defs', {}, this.arrow), this.edges, this.boxes);
    /** Somebody has chosen what is in sight. */
    this.isMoved = false;
    this.observer = new ResizeObserver(() => this.layout && !this.isMoved && this.fit());
    this.observer.observe(this.picture);
    const button = (text, label, action) => element('button', {type: 'button', text, 'aria-label': label, title: label, onclick: action});
    this.frameElement = element('div', {class: 'graph-frame card'}, this.picture,
      element('div', {class: 'graph-buttons'}, button('+', 'Enlarge', () => this.zoom(1.25)),
        button('−', 'Reduce', () => this.zoom(0.8)), button('⤢', 'Show all', () => this.fit())));
    this.element = element('div', {class: 'page graph-page'}, this.picker.element, this.none,
      element('div', {class: 'columns'}, element('div', {class: 'wide'}, this.frameElement), element('div', {class: 'narrow'}, this.details)));
  }

  update() {
    const job = this.picker.update();
    this.none.hidden = job !== undefined;
    this.frameElement.parentElement.parentElement.hidden = job === undefined;
    if (job === undefined) {
      return;
    }
    const layers = layersOf(job);
    if (this.drawnJob !== job.id) {
      this.drawnJob = job.id;
      this.draw(layers);
    }
    reconcile(this.boxes, layers, layer => layer.index, layer => this.box(layer));
    if (this.shown !== undefined && layers[this.shown]) {
      this.showDetails(layers[this.shown], layers);
    }
  }

  draw(layers) {
    const inputs = layers.flatMap(layer => layer.inputs.filter(input => input.layer >= 0 && input.layer < layer.index).map(input => ({...input, to: layer.index})));
    this.layout = layOut(layers.length, inputs.map(input => [input.layer, input.to]), BOX);
    this.edges.replaceChildren(...inputs.map((input, i) => shape('path', {
      d: curve(this.layout.routes[i]), class: `edge is-${input.pattern.replace(/ /g, '-')}`, 'marker-end': 'url(#arrow)',
    })));
    // What takes longest is looked at first.
    this.shown = layers.reduce((best, layer) => layer.busy > layers[best].busy ? layer.index : best, 0);
    this.fit();
  }

  box(first) {
    const {x, y} = this.layout.boxes[first.index];
    const fill = shape('rect', {class: 'box-fill', height: BOX.height, rx: 8});
    const frame = shape('rect', {class: 'box', width: BOX.width, height: BOX.height, rx: 8});
    const label = shape('text', {x: 12, y: 24, class: 'box-label'});
    const counts = shape('text', {x: 12, y: 44, class: 'box-counts'});
    const group = shape('g', {class: 'box-group', transform: `translate(${x} ${y})`, tabindex: '0', role: 'img',
      onpointerenter: () => this.choose(first.index), onfocus: () => this.choose(first.index)}, frame, fill, label, counts);
    return {
      element: group,
      update: layer => {
        const share = layer.tasks === 0 ? 0 : layer.finished / layer.tasks;
        setAttribute(fill, 'width', String(Math.round(BOX.width * share)));
        const state = layer.held ? 'held' : layer.failed > 0 ? 'failed' : layer.running > 0 ? 'running'
          : layer.tasks === 0 ? 'unneeded' : layer.finished === layer.tasks ? 'done' : 'waiting';
        setAttribute(group, 'class', `box-group is-${state}`);
        setText(label, layer.label.length > LONGEST_LABEL ? `${layer.label.slice(0, LONGEST_LABEL - 1)}…` : layer.label);
        const facts = layer.held ? 'held by the engine' : layer.tasks === 0 ? 'not needed'
          : `${count(layer.finished)} / ${count(layer.tasks)}${layer.running > 0 ? ` · ▶ ${count(layer.running)}` : ''}`
            + `${layer.failed > 0 ? ` · ✕ ${count(layer.failed)}` : ''}${layer.rows > 0 ? ` · ${brief(layer.rows)} rows` : ''}`;
        setText(counts, facts);
        setAttribute(group, 'aria-label', `${layer.label}: ${facts}`);
      },
    };
  }

  choose(index) {
    this.shown = index;
    this.update();
  }

  showDetails(layer, layers) {
    const facts = [
      ['Tasks', `${count(layer.finished)} of ${count(layer.tasks)} finished`],
      ['Running', count(layer.running)], ['Failed', count(layer.failed)], ['Retried', count(layer.retries)],
      ['Rows', count(layer.rows)], ['Bytes', bytes(layer.bytes)],
      ['Time', duration(layer.busy)], ['Longest', duration(layer.longest)],
      ['Reads', layer.inputs.map(input => `${inputName(input, layer, layers)} (${input.pattern})`).join(', ') || 'no layer'],
      ['Token', layer.token],
    ];
    this.details.replaceChildren(element('h2', {text: layer.label}),
      element('dl', {}, ...facts.flatMap(([name, value]) => [element('dt', {text: name}), element('dd', {text: value})])));
  }

  /** All in sight. */
  fit() {
    this.isMoved = false;
    const width = this.layout.width + 2 * MARGIN;
    const height = this.layout.height + 2 * MARGIN;
    const box = this.picture.getBoundingClientRect();
    const scale = Math.max(width / Math.max(1, box.width), height / Math.max(1, box.height), 1);
    this.view = {width: box.width * scale, height: box.height * scale};
    this.view.x = -MARGIN - (this.view.width - width) / 2;
    this.view.y = -MARGIN - (this.view.height - height) / 2;
    this.applyView();
  }

  applyView() {
    this.picture.setAttribute('viewBox', `${this.view.x} ${this.view.y} ${Math.max(1, this.view.width)} ${Math.max(1, this.view.height)}`);
  }

  /** @param {number} factor above 1 enlarges, around the middle unless a place is given */
  zoom(factor, shareX = 0.5, shareY = 0.5) {
    this.isMoved = true;
    const width = Math.min(200_000, Math.max(200, this.view.width / factor));
    const height = this.view.height * width / this.view.width;
    this.view.x += (this.view.width - width) * shareX;
    this.view.y += (this.view.height - height) * shareY;
    this.view.width = width;
    this.view.height = height;
    this.applyView();
  }

  wheel(event) {
    event.preventDefault();
    const box = this.picture.getBoundingClientRect();
    this.zoom(Math.exp(-event.deltaY / 400), (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  }

  grab(event) {
    this.held = {x: event.clientX, y: event.clientY};
    this.picture.setPointerCapture(event.pointerId);
  }

  drag(event) {
    if (this.held === undefined) {
      return;
    }
    const scale = this.view.width / this.picture.getBoundingClientRect().width;
    this.isMoved = true;
    this.view.x -= (event.clientX - this.held.x) * scale;
    this.view.y -= (event.clientY - this.held.y) * scale;
    this.held = {x: event.clientX, y: event.clientY};
    this.applyView();
  }

  drop() {
    this.held = undefined;
  }

  key(event) {
    const step = this.view.width / 10;
    const moves = {ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step]};
    if (moves[event.key]) {
      event.preventDefault();
      this.isMoved = true;
      this.view.x += moves[event.key][0];
      this.view.y += moves[event.key][1];
      this.applyView();
    } else if (event.key === '+' || event.key === '-') {
      this.zoom(event.key === '+' ? 1.25 : 0.8);
    }
  }

  destroy() {
    this.observer.disconnect();
  }
}

/** Down in curves. @param {{x: number, y: number}[]} points */
function curve(points) {
  let path = `M${points[0].x} ${points[0].y}`;
  for (let i = 1; i < points.length; i++) {
    const from = points[i - 1];
    const to = points[i];
    const middle = (from.y + to.y) / 2;
    path += from.x === to.x ? `L${to.x} ${to.y}` : `C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
  }
  return path;
}
