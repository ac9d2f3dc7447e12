/** Hears the server, and says when it does not. A browser connects again by itself; a replay that has ended is not asked again. */
export class Connection {
  /** @param {import('./store.js').Store} store */
  constructor(store) {
    this.store = store;
    this.source = undefined;
    this.retry = undefined;
  }

  /**
   * Connects anew.
   * @param {{at?: number, speed?: number}} from where a replay starts, in nanoseconds, and its speed in percent
   */
  open(from = {}) {
    this.close();
    const query = Object.entries(from).map(([name, value]) => `${name}=${Math.round(value)}`).join('&');
    this.source = new EventSource(`/api/v1/events${query ? `?${query}` : ''}`);
    this.source.onopen = () => this.store.setConnection('open');
    this.source.onmessage = event => this.hear(JSON.parse(event.data));
    this.source.onerror = () => this.lose(from);
  }

  hear(message) {
    this.store.apply(message);
    if (message.replay?.done) {
      this.close();
    }
  }

  lose(from) {
    this.close();
    this.store.setConnection('lost');
    this.retry = setTimeout(() => this.open(from), 1_000);
  }

  close() {
    clearTimeout(this.retry);
    this.source?.close();
    this.source = undefined;
  }
}
