/**
 * Places for a graph whose edges all lead down: rows by longest path, an order in each row that lets few edges cross, an x for each box
 * close to what it is linked with. Long edges go through places of their own, so that they pass beside boxes.
 */

const ROW_GAP = 56;
const BOX_GAP = 28;
/** With more places for edges than this, they are drawn straight. */
const MOST_BENDS = 4_000;
const SWEEPS = 12;

/**
 * @typedef {{box: number, row: number, x: number, width: number, above: Item[], below: Item[]}} Item `box` is -1 for an edge's place
 * @param {number} boxCount
 * @param {[number, number][]} edges from and to, each to a box with a higher number
 * @param {{width: number, height: number}} size of each box
 * @returns {{boxes: {x: number, y: number}[], routes: {x: number, y: number}[][], width: number, height: number}}
 */
export function layOut(boxCount, edges, size) {
  const rowOf = rowsOf(boxCount, edges);
  const rows = Array.from({length: Math.max(0, ...rowOf) + 1}, () => []);
  const boxes = rowOf.map((row, box) => place(rows, {box, row, x: 0, width: size.width, above: [], below: []}));
  const bends = edges.reduce((sum, [from, to]) => sum + rowOf[to] - rowOf[from] - 1, 0);
  const paths = edges.map(([from, to]) => path(rows, boxes[from], boxes[to], bends <= MOST_BENDS));
  order(rows);
  settle(rows);
  const left = Math.min(0, ...rows.flat().map(item => item.x - item.width / 2));
  const top = row => row * (size.height + ROW_GAP);
  const right = Math.max(0, ...rows.flat().map(item => item.x + item.width / 2));
  return {
    boxes: boxes.map(item => ({x: item.x - size.width / 2 - left, y: top(item.row)})),
    routes: paths.map(items => items.flatMap((item, i) => {
      const above = {x: item.x - left, y: top(item.row)};
      const below = {x: item.x - left, y: top(item.row) + size.height};
      return i === 0 ? [below] : i === items.length - 1 ? [above] : [above, below];
    })),
    width: right - left,
    height: top(rows.length) - ROW_GAP,
  };
}

function rowsOf(boxCount, edges) {
  const rows = new Array(boxCount).fill(0);
  const sorted = [...edges].sort((a, b) => a[0] - b[0]);
  for (const [from, to] of sorted) {
    rows[to] = Math.max(rows[to], rows[from] + 1);
  }
  // What nothing leads to comes right above what it leads to.
  const entered = new Set(edges.map(([, to]) => to));
  for (let box = boxCount - 1; box >= 0; box--) {
    const targets = edges.filter(([from]) => from === box).map(([, to]) => rows[to]);
    if (!entered.has(box) && targets.length > 0) {
      rows[box] = Math.min(...targets) - 1;
    }
  }
  return rows;
}

function place(rows, item) {
  rows[item.row].push(item);
  return item;
}

function path(rows, from, to, bends) {
  const items = [from];
  for (let row = from.row + 1; row < to.row && bends; row++) {
    items.push(place(rows, {box: -1, row, x: 0, width: 12, above: [], below: []}));
  }
  items.push(to);
  for (let i = 1; i < items.length; i++) {
    items[i].above.push(items[i - 1]);
    items[i - 1].below.push(items[i]);
  }
  return items;
}

/** Each row by the mean place of what its items are linked with, down and up in turns. */
function order(rows) {
  rows.forEach(number);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0;
    for (const row of down ? rows : [...rows].reverse()) {
      const means = new Map(row.map(item => [item, mean(down ? item.above : item.below, other => other.place) ?? item.place]));
      row.sort((a, b) => means.get(a) - means.get(b));
      number(row);
    }
  }
}

function number(row) {
  row.forEach((item, i) => {
    item.place = i;
  });
}

function mean(items, of) {
  return items.length === 0 ? undefined : items.reduce((sum, item) => sum + of(item), 0) / items.length;
}

/** Side by side first, then each as close to the mean of its neighbours as those beside it allow. */
function settle(rows) {
  for (const row of rows) {
    let x = 0;
    for (const item of row) {
      item.x = x + item.width / 2;
      x += item.width + BOX_GAP;
    }
    row.forEach(item => {
      item.x -= (x - BOX_GAP) / 2;
    });
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) {
      const wishes = row.map(item => mean([...item.above, ...item.below], other => other.x) ?? item.x);
      spread(row, wishes);
    }
  }
}

/** The order kept, at their least distances: the mean of what pushing to the right and pushing to the left give. */
function spread(row, wishes) {
  const rightward = [...wishes];
  const leftward = [...wishes];
  const distance = i => (row[i - 1].width + row[i].width) / 2 + BOX_GAP;
  for (let i = 1; i < row.length; i++) {
    rightward[i] = Math.max(rightward[i], rightward[i - 1] + distance(i));
  }
  for (let i = row.length - 1; i > 0; i--) {
    leftward[i - 1] = Math.min(leftward[i - 1], leftward[i] - distance(i));
  }
  row.forEach((item, i) => {
    item.x = (rightward[i] + leftward[i]) / 2;
  });
}
