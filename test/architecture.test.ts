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

  it('gives every venue folder the same files', () => {
    const venues = join(ROOT, 'libs/venues/src');
    const folders = readdirSync(venues, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.length).toBeGreaterThan(0);
    for (const { name } of folders) {
      const missing = venueFiles.filter((file) => !existsSync(join(venues, name, file)));
      expect({ name, missing }).toEqual({ name, missing: [] });
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
  });
});
