import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import { transformSync } from 'esbuild';

// Given to Node with --import. Node runs TypeScript as it is, but for decorators: the few files that have some are lowered, by
// esbuild, as they are loaded. All others take Node's own way, which keeps what it compiled (NODE_COMPILE_CACHE).

const SOURCES = new URL('.', import.meta.url).href;

/** A decorator of a class or member begins a line, one of a parameter follows a bracket, a comma or a blank. */
const DECORATOR = /(^|[(,\s])@[A-Z]\w*\(/m;

registerHooks({
  load(url, context, next) {
    if (!url.startsWith(SOURCES) || !url.endsWith('.ts')) return next(url, context);
    const source = readFileSync(fileURLToPath(url), 'utf8');
    if (!DECORATOR.test(source)) return next(url, context);
    const { code } = transformSync(source, {
      ...{ loader: 'ts', target: 'node24', sourcefile: url },
      tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
    });
    return { format: 'module', source: code, shortCircuit: true };
  },
});
