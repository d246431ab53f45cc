import type { Attribute, Child, Markup } from './element.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** Form state lives in the property; the attribute is only its first value. */
const PROPERTIES = new Set(['value', 'checked', 'selected']);

/**
 * Draws markup into a container and returns the function that redraws it. A redraw touches only what differs from
 * the drawing before: focus, scroll, open details and what someone is typing stay.
 */
export function mount(container: Element): (children: readonly Child[]) => void {
  let drawn: readonly Child[] = [];
  return (children) => {
    patchChildren(container, drawn, children);
    drawn = children;
  };
}

function patchChildren(parent: Element, before: readonly Child[], after: readonly Child[]): void {
  const nodes = [...parent.childNodes];
  const old = new Map<string, { node: ChildNode; child: Child }>();
  const oldNames = namesOf(before);
  before.forEach((child, i) => {
    const node = nodes[i];
    const name = oldNames[i];
    if (node && name !== undefined) old.set(name, { node, child });
  });
  const kept = new Set<ChildNode>();
  const wanted = namesOf(after).map((name, i) => {
    const child = after[i] ?? '';
    const match = old.get(name);
    const node = match ? update(match.node, match.child, child) : create(parent, child);
    kept.add(node);
    return node;
  });
  for (const node of nodes) if (!kept.has(node)) node.remove();
  wanted.forEach((node, i) => {
    const there = parent.childNodes[i];
    if (there !== node) parent.insertBefore(node, there ?? null);
  });
}

/** A name per child: its key, or its tag with a running number. */
function namesOf(children: readonly Child[]): string[] {
  const seen = new Map<string, number>();
  return children.map((child) => {
    const base =
      typeof child === 'string' ? '#text' : child.key === undefined ? child.tag : `${child.tag}:${child.key}`;
    const count = seen.get(base) ?? 0;
    seen.set(base, count + 1);
    return `${base}#${count}`;
  });
}

function update(node: ChildNode, before: Child, after: Child): ChildNode {
  if (typeof before === 'string' || typeof after === 'string') {
    if (before !== after) node.textContent = String(after);
    return node;
  }
  if (before !== after && node instanceof Element) {
    patchAttributes(node, before.attributes, after.attributes);
    patchChildren(node, before.children, after.children);
    // A select takes a value only when its options are there, which may come later.
    const { value } = after.attributes;
    if (after.tag === 'select' && value !== undefined) write(node, 'value', value);
  }
  return node;
}

function create(parent: Element, child: Child): ChildNode {
  const { ownerDocument } = parent;
  if (typeof child === 'string') return ownerDocument.createTextNode(child);
  const isSvg = child.tag === 'svg' || (parent.namespaceURI === SVG && parent.localName !== 'foreignObject');
  const node = isSvg ? ownerDocument.createElementNS(SVG, child.tag) : ownerDocument.createElement(child.tag);
  // Children first: a select takes a value only when its options are there.
  patchChildren(node, [], child.children);
  patchAttributes(node, {}, child.attributes);
  return node;
}

function patchAttributes(node: Element, before: Markup['attributes'], after: Markup['attributes']): void {
  for (const name of Object.keys(before)) if (!(name in after)) write(node, name, undefined);
  for (const [name, value] of Object.entries(after)) if (before[name] !== value) write(node, name, value);
}

function write(node: Element, name: string, value: Attribute): void {
  if (PROPERTIES.has(name) && name in node) {
    Reflect.set(node, name, typeof value === 'number' ? String(value) : (value ?? ''));
    return;
  }
  if (value === undefined || value === false) node.removeAttribute(name);
  else node.setAttribute(name, value === true ? '' : String(value));
}
