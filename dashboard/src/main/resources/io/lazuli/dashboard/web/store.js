/**
 * All that the pages know of the engine: messages are applied to it, pages read it. Bounded as the server's model is.
 */

const MOST_SPANS = 120_000;
const MOST_SAMPLES = 600;
const MOST_FAILURES = 300;
/** Numbers of a row of attempts, as the server writes them. */
const ROW = 8;

/** The last attempts, in columns: a hundred thousand of them are drawn many times a second. */
export class SpanRing {
  constructor() {
    this.lane = new Uint16Array(MOST_SPANS);
    this.label = new Uint16Array(MOST_SPANS);
    this.start = new Float64Array(MOST_SPANS);
    this.end = new Float64Array(MOST_SPANS);
    this.partition = new Int32Array(MOST_SPANS);
    this.failed = new Uint8Array(MOST_SPANS);
    this.tasks = new Uint32Array(MOST_SPANS);
    this.clear();
  }

  clear() {
    /** Rows ever; row `n` is at `n % MOST_SPANS`. */
    this.total = 0;
    /** @type {{worker: number, thread: number}[]} */
    this.lanes = [];
    this.laneIndex = new Map();
    /** Latest end, in microseconds. */
    this.latest = 0;
    this.earliest = Infinity;
  }

  get size() {
    return Math.min(this.total, MOST_SPANS);
  }

  /** Where the `i`-th newest row is. @param {number} i */
  at(i) {
    return (this.total - 1 - i) % MOST_SPANS;
  }

  /** @param {number[]} rows */
  add(rows) {
    for (let r = 0; r < rows.length; r += ROW) {
      const i = this.total++ % MOST_SPANS;
      this.lane[i] = this.laneOf(rows[r], rows[r + 1]);
      this.label[i] = rows[r + 2];
      this.start[i] = rows[r + 3];
      this.end[i] = rows[r + 3] + rows[r + 4];
      this.partition[i] = rows[r + 5];
      this.failed[i] = rows[r + 6];
      this.tasks[i] = rows[r + 7];
      this.latest = Math.max(this.latest, this.end[i]);
      this.earliest = Math.min(this.earliest, this.start[i]);
    }
  }

  laneOf(worker, thread) {
    const key = `${worker}:${thread}`;
    let lane = this.laneIndex.get(key);
    if (lane === undefined) {
      lane = this.lanes.push({worker, thread}) - 1;
      this.laneIndex.set(key, lane);
    }
    return lane;
  }
}

export class Store {
  constructor() {
    this.spans = new SpanRing();
    /** `connecting`, `open`, `lost`, or `report`. */
    this.connection = 'connecting';
    this.heard = false;
    this.listeners = new Set();
    this.clear();
  }

  clear() {
    this.spans.clear();
    /** @type {Map<number, object>} by id, in the order of submission */
    this.jobs = new Map();
    this.workers = [];
    /** @type {Map<number, object[]>} by worker */
    this.samples = new Map();
    this.failures = [];
    this.labels = [];
    this.totals = {};
    this.now = 0;
    this.heardAt = performance.now();
    this.closed = false;
    this.notice = undefined;
    this.replay = undefined;
    this.opened = undefined;
  }

  /** @param {object} message */
  apply(message) {
    if (message.all) {
      this.clear();
    }
    this.heard = true;
    this.now = message.now;
    this.heardAt = performance.now();
    this.opened = message.opened;
    this.closed = message.closed;
    this.notice = message.notice;
    this.replay = message.replay;
    this.totals = message.totals;
    this.workers = message.workers;
    message.labels.forEach((label, i) => {
      this.labels[message.firstLabel + i] = label;
    });
    this.spans.add(message.spans);
    message.jobs.forEach(job => this.putJob(job));
    message.samples.forEach(sample => this.putSample(sample));
    this.failures.push(...message.failures);
    this.failures.splice(0, this.failures.length - MOST_FAILURES);
    this.changed();
  }

  putJob(job) {
    const before = this.jobs.get(job.id);
    const plan = job.plan ?? before?.plan;
    if (plan) {
      this.jobs.set(job.id, {...job, plan});
    }
    while (this.jobs.size > 150) {
      this.jobs.delete(this.jobs.keys().next().value);
    }
  }

  putSample(sample) {
    let samples = this.samples.get(sample.worker);
    if (!samples) {
      samples = [];
      this.samples.set(sample.worker, samples);
    }
    samples.push(sample);
    samples.splice(0, samples.length - MOST_SAMPLES);
  }

  /** @param {string} connection */
  setConnection(connection) {
    this.connection = connection;
    this.changed();
  }

  /** Nanoseconds since the engine was opened: goes on between two messages. */
  get clock() {
    const isMoving = this.connection === 'open' && !this.closed && (!this.replay || !this.replay.done);
    const speed = this.replay ? this.replay.speed : 1;
    return isMoving ? this.now + Math.min(performance.now() - this.heardAt, 1_000) * 1e6 * speed : this.now;
  }

  /** Jobs that run, then those that have ended, each the newest first. */
  get jobList() {
    const all = [...this.jobs.values()].reverse();
    return [...all.filter(job => job.state === 'running'), ...all.filter(job => job.state !== 'running')];
  }

  /** What people call a worker. @param {number} id */
  nameOf(id) {
    return this.workers.find(worker => worker.id === id)?.name ?? `worker ${id}`;
  }

  get isBusy() {
    return [...this.jobs.values()].some(job => job.state === 'running');
  }

  /** @param {() => void} listener */
  listen(listener) {
    this.listeners.add(listener);
  }

  changed() {
    this.listeners.forEach(listener => listener());
  }
}

/** The layers of a job with what is known of each: what is planned, and what has been done. @param {object} job */
export function layersOf(job) {
  return job.plan.map((layer, index) => {
    const done = job.layers[index] ?? {};
    const all = {failed: 0, running: 0, retries: 0, rows: 0, bytes: 0, busy: 0, longest: 0, ...layer, ...done, index};
    return {...all, waiting: Math.max(0, all.tasks - all.finished - all.running - all.failed)};
  });
}

/** What a layer calls one of those that it reads. @returns {string} */
export function inputName(input, layer, layers) {
  if (input.layer < 0) {
    return 'another job';
  }
  return input.layer === layer.index ? 'itself' : layers[input.layer].label;
}

/** What the tasks of a job have set off, by label. @param {object} job */
export function innerOf(job) {
  return job.inner.map((layer, index) => ({
    failed: 0, retries: 0, longest: 0, inputs: [], held: false, isInner: true, ...layer, index,
    waiting: Math.max(0, layer.tasks - layer.finished - layer.running),
  }));
}
