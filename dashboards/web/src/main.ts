import './style/base.css';
import './style/header.css';
import './style/page.css';
import './style/heatmap.css';
import './style/cascade.css';
import './style/tables.css';
import './style/venues.css';
import './style/data.css';
import './style/rooms.css';
import './style/adapt.css';
import type { PageAddress } from './frame/page-address.ts';
import type { Page } from './frame/page.ts';
import { start } from './frame/start.ts';

/** Every folder under `pages`: its address at once, its code when somebody goes there. */
const addresses = import.meta.glob<PageAddress>('./pages/*/address.ts', { eager: true, import: 'address' });
const pages = import.meta.glob<Page>('./pages/*/page.ts', { import: 'page' });

const byFolder = <One>(files: Readonly<Record<string, One>>): Record<string, One> =>
  Object.fromEntries(Object.entries(files).map(([path, one]) => [path.split('/').at(-2) ?? '', one]));

const root = document.querySelector<HTMLElement>('#page');
if (!root) throw new Error('bug: index.html has no #page');
start(root, byFolder(addresses), byFolder(pages));
