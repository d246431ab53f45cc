import { element, type Attribute, type Child, type Markup } from '../markup/element.ts';

/** A drawing of the page as it stands in a file: without what only the page uses, with its descriptions as titles. */
export function still({ tag, attributes, children }: Markup): Markup {
  const kept = Object.entries(attributes).filter(([name]) => !OF_THE_PAGE.test(name));
  const label = attributes['aria-label'];
  const hasTitle = children.some((child) => typeof child !== 'string' && child.tag === 'title');
  const title = tag !== 'svg' && label !== undefined && !hasTitle && element('title', {}, String(label));
  // A file lies elsewhere: links within the pages would lead nowhere.
  const shape = tag === 'a' ? 'g' : tag;
  return element(shape, Object.fromEntries<Attribute>(kept), title, children.filter(isStill).map(stillChild));
}

const OF_THE_PAGE = /^(class|href|role|tabindex|data-.*|aria-.*)$/;

/** A mark of a change that is fading is no part of the drawing. */
const isStill = (child: Child) => typeof child === 'string' || child.attributes['class'] !== 'pulse';

const stillChild = (child: Child) => (typeof child === 'string' ? child : still(child));
