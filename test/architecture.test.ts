import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { projects, venueFiles } from '../architecture.mjs';
import { importCircles, type ImportGraph } from './import-circles.ts';

interface Project {
  readonly root: string;
  readonly pure?: boolean;
  readonly node?: boolean;
  readonly projects: readonly string[];
  readonly npm: readonly string[];
}

const ROOT = join(import.meta.dirname, '..');
const table = Object.entries(projects as Record<string, Project>);
const packageName = (name: string) => (name === 'cli' ? 'undertow' : `@undertow/${name}`);

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|(^|\/)fixtures\/|node_modules/.test(file))
    .map((file) => join(folder, file));
}

const imports = (file: string): string[] => importsIn(readFileSync(file, 'utf8'));

function importsIn(source: string): string[] {
  return ts.preProcessFile(source, true, true).importedFiles.map((found) => found.fileName);
}

/** Which files of a project, tests and fixtures too, import which others of it, also for their types only. */
function importsWithin(project: Project): ImportGraph {
  const files = filesUnder(join(ROOT, project.root));
  const known = new Set(files);
  const importedBy = (file: string) =>
    imports(file)
      .map((name) => join(file, '..', name))
      .filter((target) => known.has(target));
  return new Map(files.map((file) => [file, importedBy(file)]));
}

/** Looks into no folder of what is installed or built: those come and go while other tests run. */
function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules' && name !== 'dist')
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : path.endsWith('.ts') ? [path] : [];
    });
}

/** What an import breaks, or undefined. Written apart from the lint rule, so that one can fail without the other. */
function violation(project: Project, file: string, name: string): string | undefined {
  if (name.startsWith('.')) {
    const inside = !relative(join(ROOT, project.root), join(file, '..', name)).startsWith('..');
    return inside ? undefined : `${name} leaves the project`;
  }
  if (name.startsWith('node:')) return project.node ? undefined : `${name} is a Node module`;
  const allowed = [...project.projects.map(packageName), ...project.npm];
  return allowed.some((prefix) => name === prefix || name.startsWith(`${prefix}/`))
    ? undefined
    : `${name} is not allowed`;
}

/** Protocols by name, beside those whose folders there are. Whole words: `compounded` and `makerOrder` are not meant. */
const PROTOCOLS = (
  'aave avalon chainlink comet compound crvusd curie dydx euler gmx hyperliquid liquity lyra makerdao morpho musd spark ' +
  'synthetix uniswap venus'
).split(' ');

/** Names that the pure core may not know: each protocol's, and the first word of each venue's and price source's folder. */
const protocolNames = new Set([
  ...PROTOCOLS,
  ...['venues', 'oracles']
    .flatMap((lib) => foldersIn(join(ROOT, 'libs', lib, 'src')))
    // What reads price sources of any protocol is none.
    .filter((folder) => folder !== 'price-sources')
    .map((folder) => folder.split('-')[0] as string)
    // A standard that anyone implements is not a protocol.
    .filter((word) => !/^erc\d+$/.test(word)),
]);

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}

/** The words that a name is made of, lower case: `aaveV3Pool` → aave, v3, pool. */
function wordsOf(name: string): string[] {
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.toLowerCase());
}

/** Identifiers and texts of a source, without its comments, that name a protocol; and the file itself when its name does. */
function protocolsNamed(name: string, source: string): string[] {
  const found = [name];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) || ts.isPrivateIdentifier(node) || ts.isStringTextContainingNode(node))
      found.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(name, source, ts.ScriptTarget.Latest));
  return found.filter((text) => wordsOf(text).some((word) => protocolNames.has(word)));
}

describe('the house', () => {
  it('has one row for every workspace project, and one project for every row', () => {
    const found = ['apps', 'libs', 'dashboards'].flatMap((parent) =>
      readdirSync(join(ROOT, parent), { withFileTypes: true })
        .filter((entry) => existsSync(join(ROOT, parent, entry.name, 'package.json')))
        .map((entry) => `${parent}/${entry.name}`),
    );
    expect(found.sort()).toEqual(table.map(([, project]) => project.root).sort());
  });

  it.each(table)('gives %s its own name and exactly one known tag', (name, project) => {
    const manifest = JSON.parse(readFileSync(join(ROOT, project.root, 'package.json'), 'utf8'));
    expect(manifest.name).toBe(packageName(name));
    expect(manifest.nx.tags).toEqual([`project:${name}`]);
  });

  it.each(table)('lets %s import only what its row names', (_name, project) => {
    const broken = sources(join(ROOT, project.root, 'src')).flatMap((file) =>
      imports(file)
        .map((name) => violation(project, file, name))
        .filter((found) => found !== undefined)
        .map((found) => `${relative(ROOT, file)}: ${found}`),
    );
    expect(broken).toEqual([]);
  });

  it.each(table)('has no circle of imports between files of %s', (_name, project) => {
    const circles = importCircles(importsWithin(project));
    expect(circles.map((circle) => circle.map((file) => relative(ROOT, file)).join(' → '))).toEqual([]);
  });

  it('names only rows that exist, and has no cycle', () => {
    const visit = (name: string, path: readonly string[]): void => {
      if (path.includes(name)) throw new Error(`cycle: ${[...path, name].join(' → ')}`);
      const row = (projects as Record<string, Project>)[name];
      if (row === undefined) throw new Error(`no row for ${name}`);
      for (const next of row.projects) visit(next, [...path, name]);
    };
    for (const [name] of table) visit(name, []);
  });

  it('keeps pure projects off Node and off impure projects', () => {
    for (const [name, project] of table.filter(([, row]) => row.pure)) {
      expect({ name, node: project.node ?? false }).toEqual({ name, node: false });
      for (const other of project.projects)
        expect((projects as Record<string, Project>)[other]?.pure).toBe(true);
    }
  });

  it('names no protocol in the pure core other than in documentation', () => {
    const named = table
      .filter(([, project]) => project.pure)
      .flatMap(([, project]) => sources(join(ROOT, project.root, 'src')))
      .flatMap((file) => {
        const path = relative(ROOT, file);
        return protocolsNamed(path, readFileSync(file, 'utf8')).map((text) => `${path}: ${text}`);
      });
    expect(named).toEqual([]);
  });

  it('gives every venue folder the same files', () => {
    const venues = join(ROOT, 'libs/venues/src');
    const folders = foldersIn(venues);
    expect(folders.length).toBeGreaterThan(0);
    for (const name of folders) {
      const missing = venueFiles.filter((file) => !existsSync(join(venues, name, file)));
      expect({ name, missing }).toEqual({ name, missing: [] });
    }
  });

  it('registers every venue by its folder, and opens it by its own name', () => {
    const venues = join(ROOT, 'libs/venues/src');
    const register = readFileSync(join(venues, 'open-venue.ts'), 'utf8');
    for (const name of foldersIn(venues)) {
      const open = `open${wordsOf(name)
        .map((word) => word[0]?.toUpperCase() + word.slice(1))
        .join('')}`;
      expect(register).toContain(`import { ${open} } from './${name}/index.ts';`);
      expect(readFileSync(join(venues, name, 'index.ts'), 'utf8')).toMatch(
        new RegExp(`export function ${open}\\(`),
      );
    }
  });

  it('notices circles: one of every group, the shortest, and none where there is none', () => {
    const graph = (imported: Record<string, readonly string[]>) => new Map(Object.entries(imported));
    expect(importCircles(graph({ a: ['b', 'c'], b: ['c'], c: [] }))).toEqual([]);
    expect(importCircles(graph({ a: ['a'] }))).toEqual([['a', 'a']]);
    const two = { a: ['b'], b: ['c'], c: ['d', 'a'], d: ['c'], e: ['a', 'f'], f: ['g'], g: ['h'], h: ['f'] };
    expect(importCircles(graph(two))).toEqual([
      ['c', 'd', 'c'],
      ['g', 'h', 'f', 'g'],
    ]);
  });

  it('notices imports of types, and those that are passed on', () => {
    const source =
      "import type { A } from './a.ts';\nimport { type B } from './b.ts';\nexport type { C } from './c.ts';\n" +
      "export * from './d.ts';\nconst e = () => import('./e.ts');\nlet f: import('./f.ts').F;\nimport './g.ts';";
    const names = [...'abcdefg'].map((name) => `./${name}.ts`);
    expect(importsIn(source).sort()).toEqual(names);
  });

  it('notices what it is there to notice', () => {
    const pure: Project = { root: 'libs/units', projects: [], npm: [] };
    const file = join(ROOT, 'libs/units/src/assert.ts');
    expect(violation(pure, file, 'viem')).toBe('viem is not allowed');
    expect(violation(pure, file, 'node:fs')).toBe('node:fs is a Node module');
    expect(violation(pure, file, '../../market/src/index.ts')).toBe(
      '../../market/src/index.ts leaves the project',
    );
    expect(violation(pure, file, './brand.ts')).toBeUndefined();
    const source =
      "/** As Aave. */ const aaveIndex = 'morpho'; // Lyra\nconst compounded = `as ${Liquity} does`;";
    expect(protocolsNamed('libs/units/src/ray.ts', source)).toEqual(['aaveIndex', 'morpho', 'Liquity']);
    expect(protocolsNamed('libs/units/src/uniswap-v3.ts', '')).toHaveLength(1);
  });
});
