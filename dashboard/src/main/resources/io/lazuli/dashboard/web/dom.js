/** Elements without markup: whatever a text holds, it stays a text. */

const SVG = 'http://www.w3.org/2000/svg';
/** What `reconcile` has made, by parent. */
const partsOf = new WeakMap();

/**
 * Makes an element.
 * @param {string} tag
 * @param {Object<string, any>} properties attributes; `class`, `text`, and listeners as `onclick`
 * @param {...(Node|string)} children
 * @returns {HTMLElement}
 */
export function element(tag, properties = {}, ...children) {
  return fill(document.createElement(tag), properties, children);
}

/** The same for pictures. @returns {SVGElement} */
export function shape(tag, properties = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), properties, children);
}

function fill(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'text') {
      node.textContent = value;
    } else if (name.startsWith('on')) {
      node.addEventListener(name.slice(2), value);
    } else if (value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  node.append(...children);
  return node;
}

/** Sets a text, if it is another. @param {Node} node @param {string} value */
export function setText(node, value) {
  if (node.textContent !== value) {
    node.textContent = value;
  }
}

/** Sets an attribute, if it is another. @param {Element} node @param {string} name @param {string} value */
export function setAttribute(node, name, value) {
  if (node.getAttribute(name) !== value) {
    node.setAttribute(name, value);
  }
}

/**
 * Makes the children of `parent` those of `items`, in their order: keeps who is there, makes and removes others.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {(item: T) => any} keyOf
 * @param {(item: T) => {element: Element, update: (item: T) => void}} create
 */
export function reconcile(parent, items, keyOf, create) {
  const parts = partsOf.get(parent) ?? new Map();
  partsOf.set(parent, parts);
  const wanted = new Set(items.map(keyOf));
  for (const [key, part] of parts) {
    if (!wanted.has(key)) {
      part.element.remove();
      parts.delete(key);
    }
  }
  let place = parent.firstElementChild;
  for (const item of items) {
    const key = keyOf(item);
    let part = parts.get(key);
    if (!part) {
      part = create(item);
      parts.set(key, part);
    }
    if (part.element === place) {
      place = place.nextElementSibling;
    } else {
      parent.insertBefore(part.element, place);
    }
    part.update(item);
  }
}

/** What a page shows in place of nothing. @param {string} title @param {string} hint */
export function emptyState(title, hint) {
  return element('div', {class: 'empty'},
    element('div', {class: 'empty-mark', 'aria-hidden': 'true', text: '◇'}),
    element('h2', {text: title}),
    element('p', {text: hint}));
}
