/** What went wrong, the newest first: jobs with the reason, attempts of tasks with where they ran. */
import { element, emptyState, reconcile, setText } from './dom.js';
import { clock, count, duration } from './format.js';
import { signOf } from './palette.js';

const TITLES = {job: 'Job failed', failed: 'Task failed', retried: 'Attempt failed, ran again', lost: 'Result lost, made again', worker: 'Worker lost'};

export class FailuresPage {
  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.store = store;
    this.none = emptyState('All is well', 'Nothing has failed. Failed jobs, attempts that were repeated, results and workers that were lost are told here.');
    this.list = element('ol', {class: 'failures'});
    this.element = element('div', {class: 'page'}, this.none, this.list);
  }

  update() {
    this.none.hidden = this.store.failures.length > 0;
    reconcile(this.list, [...this.store.failures].reverse(), failure => failure.number, failure => failureItem(failure, this.store));
  }

  destroy() {}
}

function failureItem(failure, store) {
  const facts = failure.kind === 'worker' ? [['When', clock(failure.nanos)]] : [
    ['When', clock(failure.nanos)],
    ['Layer', failure.layer || '–'],
    ['Partition', failure.partition < 0 ? '–' : failure.count > 1 ? `${count(failure.partition)} and ${count(failure.count - 1)} more` : count(failure.partition)],
    ['Attempt', failure.attempt < 0 ? '–' : count(failure.attempt)],
    ['Worker', failure.worker < 0 ? '–' : store.nameOf(failure.worker)],
    ['Ran for', failure.busy > 0 ? duration(failure.busy) : '–'],
  ];
  const job = element('a', {href: failure.kind === 'worker' ? `#/workers/${failure.worker}` : `#/plan/${failure.job}`});
  setText(job, failure.jobName || `job ${failure.job}`);
  return {
    element: element('li', {class: `card failure is-${failure.kind}`},
      element('header', {}, element('span', {class: 'badge is-failed', text: `${signOf(failure.kind)} ${TITLES[failure.kind]}`}), job),
      element('dl', {class: 'facts'}, ...facts.map(([name, value]) =>
        element('div', {}, element('dt', {text: name}), element('dd', {text: value})))),
      ...(failure.message ? [element('pre', {class: 'failure-text', text: failure.message})] : [])),
    update() {},
  };
}
