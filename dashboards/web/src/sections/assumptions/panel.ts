import { element, type Markup } from '../../markup/element.ts';
import { drawnBlocks } from '../../prose/prose.ts';
import { ASSUMPTIONS } from './text.ts';

/** What the engine assumes, and where it is wrong, as its own text has it. */
export function assumptionsPanel(): Markup {
  const [head, ...rest] = ASSUMPTIONS;
  const title = head && 'heading' in head ? head.heading : 'Assumptions';
  return element(
    'section',
    { id: 'assumptions', key: 'assumptions', class: 'panel prose', 'aria-labelledby': 'assumptions-title' },
    element('h2', { id: 'assumptions-title', tabindex: -1 }, title),
    drawnBlocks(rest, 1),
  );
}
