/** Plays a recorded run: where it is, how fast it goes. The server makes each reader a replay of its own. */
import { element, setText } from './dom.js';
import { clock } from './format.js';

const SPEEDS = [[10, '0.1×'], [25, '0.25×'], [100, '1×'], [400, '4×'], [1600, '16×'], [6400, '64×']];

export class ReplayBar {
  /** @param {import('./store.js').Store} store @param {import('./connection.js').Connection} connection */
  constructor(store, connection) {
    this.store = store;
    this.connection = connection;
    this.button = element('button', {type: 'button', class: 'play', onclick: () => this.toggle()});
    this.slider = element('input', {type: 'range', min: '0', max: '1000', step: '1', 'aria-label': 'Place in the record',
      onchange: () => this.seek()});
    this.speed = element('select', {'aria-label': 'Speed', onchange: () => this.isPlaying && this.play(this.store.clock)},
      ...SPEEDS.map(([value, text]) => element('option', {value, text, selected: value === 100})));
    this.time = element('span', {class: 'replay-time'});
    this.element = element('div', {class: 'replay', hidden: true, role: 'group', 'aria-label': 'Replay'},
      element('span', {class: 'badge', text: 'recorded run'}), this.button, this.slider, this.time, this.speed);
  }

  get isPlaying() {
    const replay = this.store.replay;
    return replay !== undefined && replay.speed > 0 && !replay.done && this.store.connection === 'open';
  }

  toggle() {
    const {length} = this.store.replay;
    if (this.isPlaying) {
      this.show(this.store.clock);
    } else {
      this.play(this.store.clock >= length ? 0 : this.store.clock);
    }
  }

  seek() {
    const at = Number(this.slider.value) / 1_000 * this.store.replay.length;
    if (this.isPlaying) {
      this.play(at);
    } else {
      this.show(at);
    }
  }

  play(at) {
    this.connection.open({at, speed: Number(this.speed.value)});
  }

  /** Stands at a place. */
  show(at) {
    this.connection.open({at, speed: 0});
  }

  update() {
    const replay = this.store.replay;
    this.element.hidden = replay === undefined;
    if (replay === undefined) {
      return;
    }
    const at = this.store.clock;
    setText(this.button, this.isPlaying ? '❚❚ Pause' : '▶ Play');
    setText(this.time, `${clock(at)} / ${clock(replay.length)}`);
    if (document.activeElement !== this.slider || this.isPlaying) {
      this.slider.value = String(Math.round(1_000 * at / Math.max(1, replay.length)));
    }
  }
}
