import { join } from 'node:path';
import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: {
    outDir: 'dist',
    // Not `assets`: that is a page.
    assetsDir: 'static',
    emptyOutDir: true,
    // GraphiQL is a page of its own, which nothing else loads.
    rollupOptions: {
      // Its libraries are written for servers too and say so in each file, which means nothing here.
      onwarn(warning, warn) {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
      input: {
        index: join(import.meta.dirname, 'index.html'),
        graphiql: join(import.meta.dirname, 'graphiql.html'),
      },
    },
    // The browsers that know light-dark() and popover, on which the stylesheet rests.
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // Nothing inline: the page is served under a policy that allows only its own files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // GraphiQL's, which only its own page loads.
    chunkSizeWarningLimit: 1_100,
  },
});
