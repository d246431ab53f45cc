import type { Child, Markup } from './element.ts';

const VOID = new Set(['br', 'col', 'hr', 'img', 'input', 'link', 'meta']);

/** The text of a piece of markup, escaped; what reports and tests read. An SVG root also gets its namespace. */
export function toHtml(child: Child): string {
  if (typeof child === 'string') return escape(child);
  const attributes: Markup['attributes'] = {
    ...(child.tag === 'svg' ? { xmlns: 'http://www.w3.org/2000/svg' } : {}),
    ...child.attributes,
  };
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== false)
    .map(([name, value]) => (value === true ? ` ${name}=""` : ` ${name}="${escape(String(value))}"`))
    .join('');
  if (VOID.has(child.tag)) return `<${child.tag}${written}>`;
  return `<${child.tag}${written}>${child.children.map(toHtml).join('')}</${child.tag}>`;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escape = (text: string) => text.replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
