import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { projects, venueFiles } from '../architecture.mjs';

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

function imports(file: string): string[] {
  return ts
    .preProcessFile(readFileSync(file, 'utf8'), true, true)
    .importedFiles.map((found) => found.fileName);
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
