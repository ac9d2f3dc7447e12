/** Starts the page: from the server, or from what is written into a report. */
import { Connection } from './connection.js';
import { ReplayBar } from './replaybar.js';
import { Shell } from './shell.js';
import { Store } from './store.js';

const store = new Store();
const recorded = document.getElementById('recording');
const root = document.getElementById('app');
if (recorded) {
  store.apply(JSON.parse(recorded.textContent));
  store.setConnection('report');
  root.append(new Shell(store).element);
} else {
  const connection = new Connection(store);
  root.append(new Shell(store, new ReplayBar(store, connection)).element);
  connection.open();
}
