import type { DataTable } from '../../export/exportable.ts';
import type { FlowGraph } from './graph.ts';

const KINDS = ['shock', 'venue', 'asset', 'venue'];

/** The flows as rows: one for each band, between what and how wide. */
export function flowData({ nodes, links }: FlowGraph): DataTable {
  const known = new Map(nodes.map((node) => [node.id, node]));
  const named = (id: string) => {
    const node = known.get(id);
    return [KINDS[node?.column ?? -1], node?.name];
  };
  return {
    columns: [
      { name: 'From kind' },
      { name: 'From' },
      { name: 'To kind' },
      { name: 'To' },
      { name: 'By venue id' },
      { name: 'Value', unit: 'USD' },
    ],
    rows: links.map(({ source, target, by, value }) => [...named(source), ...named(target), by, value]),
  };
}
