import { defineConfig } from 'vite';

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: {
    outDir: 'dist',
    // Not `assets`: that is a page.
    assetsDir: 'static',
    emptyOutDir: true,
    // The browsers that know light-dark() and popover, on which the stylesheet rests.
    target: ['chrome123', 'firefox125', 'safari17.5'],
    // Nothing inline: the page is served under a policy that allows only its own files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 600,
  },
});
