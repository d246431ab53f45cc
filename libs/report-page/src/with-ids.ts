import { element, type Markup } from '@undertow/web';

/** The same drawing with its ids, and what refers to them, told apart from those of others on one page by a prefix. */
export function withIds({ tag, attributes, children }: Markup, prefix: string): Markup {
  const own = Object.entries(attributes).map(([name, value]) => {
    if (name === 'id') return [name, `${prefix}${String(value)}`] as const;
    if (typeof value === 'string') return [name, value.replaceAll('url(#', `url(#${prefix}`)] as const;
    return [name, value] as const;
  });
  return element(
    tag,
    Object.fromEntries(own),
    children.map((child) => (typeof child === 'string' ? child : withIds(child, prefix))),
  );
}
