import { GraphiQL } from 'graphiql';
import 'graphiql/style.css';
import { createElement } from 'react';
import { createRoot } from 'react-dom/client';
import { EXAMPLES } from './examples.ts';
import { fetcher } from './fetcher.ts';
import './graphiql.css';

const place = document.querySelector('#graphiql');
if (!place) throw new Error('bug: graphiql.html has no #graphiql');
createRoot(place).render(
  createElement(GraphiQL, {
    fetcher,
    defaultTabs: EXAMPLES.map(({ query }) => ({ query })),
    shouldPersistHeaders: false,
    isHeadersEditorEnabled: false,
  }),
);
