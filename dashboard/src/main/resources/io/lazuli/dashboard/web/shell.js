/** What is around every page: navigation, connection, theme. Pages are links that can be kept and sent. */
import { element, emptyState, setText } from './dom.js';
import { FailuresPage } from './failures.js';
import { count, duration } from './format.js';
import { GraphPage } from './graph.js';
import { PlanPage } from './plan.js';
import { StatusPage } from './status.js';
import { WorkersPage } from './workers.js';

const PAGES = {
  status: ['Status', StatusPage],
  graph: ['Graph', GraphPage],
  plan: ['Plan', PlanPage],
  workers: ['Workers', WorkersPage],
  failures: ['Failures', FailuresPage],
};
const CONNECTIONS = {
  connecting: ['◌', 'connecting'], open: ['●', 'live'], lost: ['○', 'disconnected, trying again'], report: ['■', 'report'], ended: ['■', 'engine closed'],
};
const THEMES = {auto: 'Theme: system', dark: 'Theme: dark', light: 'Theme: light'};
const THEME_KEY = 'lazuli-theme';

export class Shell {
  /** @param {import('./store.js').Store} store @param {import('./replaybar.js').ReplayBar} [replay] */
  constructor(store, replay) {
    this.store = store;
    this.replay = replay;
    this.stale = true;
    this.status = element('span', {class: 'connection', role: 'status'});
    this.failed = element('span', {class: 'count', hidden: true});
    this.theme = element('button', {type: 'button', class: 'theme', onclick: () => this.nextTheme()});
    this.links = Object.entries(PAGES).map(([name, [title]]) => {
      const link = element('a', {href: `#/${name}`, text: title});
      if (name === 'failures') {
        link.append(this.failed);
      }
      return link;
    });
    this.notice = element('p', {class: 'notice', role: 'alert', hidden: true});
    this.lost = element('p', {class: 'notice', role: 'alert', hidden: true,
      text: 'The engine or its dashboard cannot be reached. What you see is what was known last; this page connects again by itself.'});
    this.main = element('main', {id: 'main', tabindex: '-1'});
    this.element = element('div', {class: 'shell'},
      element('a', {class: 'skip', href: '#main', text: 'Skip to content', onclick: event => {
        event.preventDefault();
        this.main.focus();
      }}),
      element('header', {class: 'top'},
        element('a', {class: 'brand', href: '#/status'}, element('span', {class: 'gem', 'aria-hidden': 'true'}), 'Lazuli'),
        element('nav', {'aria-label': 'Pages'}, ...this.links), this.status, this.theme),
      ...(replay ? [replay.element] : []), this.notice, this.lost, this.main);
    this.setTheme(readTheme());
    addEventListener('hashchange', () => this.route());
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.setTheme(readTheme()));
    store.listen(() => {
      this.stale = true;
    });
    this.route();
    requestAnimationFrame(() => this.frame());
  }

  route() {
    const [, name = 'status', id] = location.hash.split('/');
    const [title, Page] = PAGES[name] ?? PAGES.status;
    this.page?.destroy();
    this.page = new Page(this.store, id);
    this.loading = emptyState('Waiting for the engine', 'Its state is on its way.');
    this.loading.classList.add('is-loading');
    document.title = `${title} · Lazuli`;
    this.links.forEach(link => {
      if (link.hash === `#/${title.toLowerCase()}`) {
        link.setAttribute('aria-current', 'page');
      } else {
        link.removeAttribute('aria-current');
      }
    });
    this.main.replaceChildren(this.loading, this.page.element);
    this.stale = true;
    this.update();
  }

  frame() {
    if (this.stale) {
      this.update();
    }
    if (this.store.heard && !document.hidden) {
      this.page.frame?.();
      this.replay?.update();
    }
    requestAnimationFrame(() => this.frame());
  }

  update() {
    this.stale = false;
    const {store} = this;
    const state = store.connection === 'open' && store.closed && !store.replay ? 'ended' : store.connection;
    const [sign, text] = CONNECTIONS[state];
    setText(this.status, `${sign} ${store.replay && state === 'open' ? 'replay' : text}${store.heard ? ` · ${duration(store.now)}` : ''}`);
    this.status.className = `connection is-${state}`;
    this.failed.hidden = store.failures.length === 0;
    setText(this.failed, count(store.failures.length));
    const dropped = store.totals.droppedBlocks > 0
      ? `${count(store.totals.droppedBlocks)} blocks of events were missed because the engine was faster than this dashboard; counts of tasks are right, the task stream has gaps. `
      : '';
    this.notice.hidden = !store.notice && !dropped;
    setText(this.notice, dropped + (store.notice ?? ''));
    this.lost.hidden = store.connection !== 'lost';
    this.loading.hidden = store.heard;
    this.page.element.hidden = !store.heard;
    if (store.heard) {
      this.page.update();
    }
  }

  nextTheme() {
    const names = Object.keys(THEMES);
    const theme = names[(names.indexOf(readTheme()) + 1) % names.length];
    rememberTheme(theme);
    this.setTheme(theme);
  }

  setTheme(theme) {
    const isDark = matchMedia('(prefers-color-scheme: dark)').matches;
    document.documentElement.dataset.theme = theme === 'auto' ? isDark ? 'dark' : 'light' : theme;
    setText(this.theme, THEMES[theme]);
    this.stale = true;
  }
}

function readTheme() {
  try {
    const theme = localStorage.getItem(THEME_KEY);
    return theme in THEMES ? theme : 'auto';
  } catch {
    // A page from a file may have no storage.
    return 'auto';
  }
}

function rememberTheme(theme) {
  try {
    localStorage.setItem(THEME_KEY, theme);
  } catch {
    // Then it lasts as long as the page.
  }
}
