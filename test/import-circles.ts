/** Files, and for each of them those that it imports. */
export type ImportGraph = ReadonlyMap<string, readonly string[]>;

/**
 * One circle for every group of files that import each other: the shortest of the group, as the files on it in the order
 * of their imports, with the first again at the end. No circle, no group: then the list is empty.
 */
export function importCircles(graph: ImportGraph): readonly (readonly string[])[] {
  const circles: (readonly string[])[] = [];
  const grouped = new Set<string>();
  for (const start of graph.keys()) {
    if (grouped.has(start)) continue;
    const after = reachable(graph, start);
    if (!after.has(start)) continue;
    const group = [...after].filter((file) => reachable(graph, file).has(start));
    for (const file of group) grouped.add(file);
    const ways = group.map((file) => wayBack(graph, file));
    circles.push(ways.reduce((shortest, way) => (way.length < shortest.length ? way : shortest)));
  }
  return circles;
}

/** Every file that a file imports, also by way of others. */
function reachable(graph: ImportGraph, start: string): ReadonlySet<string> {
  const found = new Set<string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (found.has(next)) continue;
      found.add(next);
      queue.push(next);
    }
  }
  return found;
}

/** The shortest way along imports from a file on a circle back to it. */
function wayBack(graph: ImportGraph, start: string): readonly string[] {
  const importers = new Map<string, string>();
  const queue = [start];
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    for (const next of graph.get(file) ?? []) {
      if (importers.has(next)) continue;
      importers.set(next, file);
      queue.push(next);
    }
  }
  const way = [start];
  do way.unshift(importers.get(way[0]!)!);
  while (way[0] !== start);
  return way;
}
