// Lays out a new venue: libs/venues/src/<protocol> from libs/venues/template, its line in open-venue.ts, and the export
// of its deployment's type.
//   npm run new-venue -- <protocol> <mechanism>
// What it makes compiles, passes every check and says of itself that it is not modelled yet. CONTRIBUTING.md goes on.
import { cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';

const root = join(import.meta.dirname, '..');
const REGISTER = join(root, 'libs/venues/src/open-venue.ts');
const EXPORTS = join(root, 'libs/venues/src/index.ts');
const [protocol, mechanism] = process.argv.slice(2);

try {
  newVenue();
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

function newVenue() {
  const known = mechanisms();
  const usage =
    'npm run new-venue -- <protocol> <mechanism>, such as: npm run new-venue -- compound-v3 pooled-lending\n' +
    `Mechanisms: ${known.join(', ')} (libs/market/src/reference.ts says what each is).`;
  if (protocol === undefined || mechanism === undefined) throw new Error(usage);
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(protocol))
    throw new Error(
      `${protocol} is no folder name: lower-case words and digits with dashes between, such as aave-v3.`,
    );
  if (!known.includes(mechanism)) throw new Error(`There is no mechanism ${mechanism}.\n${usage}`);
  const folder = join(root, 'libs/venues/src', protocol);
  if (existsSync(folder)) throw new Error(`libs/venues/src/${protocol} is there already.`);

  const registered = register(readFileSync(REGISTER, 'utf8'));
  const exported = exportType(readFileSync(EXPORTS, 'utf8'));
  const making = `${folder}.new`;
  cpSync(join(root, 'libs/venues/template'), making, { recursive: true });
  for (const file of readdirSync(making, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    const path = join(file.parentPath, file.name);
    writeFileSync(path, named(readFileSync(path, 'utf8')));
  }
  renameSync(making, folder);
  writeFileSync(REGISTER, registered);
  writeFileSync(EXPORTS, exported);

  const step = (what) => `  ${styleText('cyan', '·')} ${what}\n`;
  process.stdout.write(
    `${styleText('green', '✓')} libs/venues/src/${protocol}, registered in libs/venues/src/open-venue.ts, its deployment's ` +
      `type exported by index.ts beside it\n` +
      'Next, by CONTRIBUTING.md, "Add a venue":\n' +
      step(`fill in deployments.ts, then abi.ts and decode.ts, event by event`) +
      step(`deploy its bytecode on the local chain: libs/devnet/src/venues/${protocol}`) +
      step(`prove it: test/devnet/${protocol}.test.ts; until then it is a coverage gap, "not modelled yet"`),
  );
}

/** The mechanisms that there are, as libs/market lists them. */
function mechanisms() {
  const source = readFileSync(join(root, 'libs/market/src/reference.ts'), 'utf8');
  const list = /export const MECHANISMS = \[([^\]]*)\]/.exec(source)?.[1] ?? '';
  const names = [...list.matchAll(/'([a-z-]+)'/g)].map(([, name]) => name);
  if (names.length === 0)
    throw new Error(
      'libs/market/src/reference.ts does not list MECHANISMS as plain names: nothing was made; see scripts/new-venue.mjs.',
    );
  return names;
}

function pascalOf(name) {
  return name.replaceAll(/(?:^|-)(.)/g, (_, letter) => letter.toUpperCase());
}

/** The template's words in the venue's own name. */
function named(text) {
  const pascal = pascalOf(protocol);
  const camel = pascal[0].toLowerCase() + pascal.slice(1);
  return text
    .replaceAll('NewVenue', pascal)
    .replaceAll('newVenue', camel)
    .replaceAll('new-venue', protocol)
    .replaceAll('pooled-lending', mechanism);
}

/** open-venue.ts with the venue's import and row, both in the order of the alphabet. */
function register(source) {
  const lines = source.split('\n');
  const line = `import { open${pascalOf(protocol)} } from './${protocol}/index.ts';`;
  insert(lines, /^import \{ open\w+ \} from '\.\/([a-z0-9-]+)\/index\.ts';$/, line);
  const key = /^[a-z0-9]+$/.test(protocol) ? protocol : `'${protocol}'`;
  insert(lines, /^ {2}'?([a-z0-9-]+)'?: open\w+,$/, `  ${key}: open${pascalOf(protocol)},`);
  return lines.join('\n');
}

/** index.ts with the export of the type of the venue's deployment, in the order of the alphabet. */
function exportType(source) {
  const lines = source.split('\n');
  const line = `export type { ${pascalOf(protocol)}Deployment } from './${protocol}/deployments.ts';`;
  insert(lines, /^export type \{ \w+ \} from '\.\/([a-z0-9-]+)\/deployments\.ts';$/, line, 'index.ts');
  return lines.join('\n');
}

function insert(lines, pattern, line, file = 'open-venue.ts') {
  const rows = lines.flatMap((text, at) => {
    const name = pattern.exec(text)?.[1];
    return name === undefined ? [] : [{ name, at }];
  });
  const last = rows.at(-1);
  if (last === undefined)
    throw new Error(
      `libs/venues/src/${file} does not look as it did: nothing was made; see scripts/new-venue.mjs.`,
    );
  const next = rows.find(({ name }) => name > protocol);
  lines.splice(next === undefined ? last.at + 1 : next.at, 0, line);
}
