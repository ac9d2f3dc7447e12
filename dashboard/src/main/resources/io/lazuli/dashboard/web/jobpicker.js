/** Chooses the job that a page is about: by its link, or the newest. */
import { element, reconcile, setText } from './dom.js';
import { signOf } from './palette.js';

export class JobPicker {
  /**
   * @param {import('./store.js').Store} store
   * @param {string} page whose links it makes
   * @param {string|undefined} id of the job, from the link
   */
  constructor(store, page, id) {
    this.store = store;
    this.id = id === undefined ? undefined : Number(id);
    this.select = element('select', {'aria-label': 'Job', onchange: () => {
      location.hash = `#/${page}/${this.select.value}`;
    }});
    this.element = element('label', {class: 'picker'}, element('span', {text: 'Job'}), this.select);
  }

  /** The job to show, if there is one. */
  update() {
    const jobs = this.store.jobList;
    const job = this.id === undefined ? jobs[0] : this.store.jobs.get(this.id);
    this.element.hidden = jobs.length === 0;
    if (document.activeElement !== this.select) {
      reconcile(this.select, jobs, each => each.id, each => {
        const option = element('option', {value: each.id});
        return {element: option, update: now => setText(option, `${signOf(now.state)} ${now.name || 'job'} (${now.id})`)};
      });
      this.select.value = job === undefined ? '' : String(job.id);
    }
    return job;
  }
}
