import { defineConfig } from 'vite';

/** The pages' bundler. The server puts a fresh nonce in the place of `NONCE` whenever it sends index.html. */
export default defineConfig({
  root: import.meta.dirname,
  oxc: { jsx: { runtime: 'automatic' } },
  html: { cspNonce: 'NONCE' },
  build: {
    outDir: '../../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    // The browser asks for a chunk's own imports at once; no script of the bundler's is needed for that.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 800,
    manifest: '.vite/manifest.json',
    rolldownOptions: {
      // Packages say `use client` for servers that render; here everything is the client.
      onwarn: (warning, warn) => warning.code === 'MODULE_LEVEL_DIRECTIVE' || warn(warning),
      output: {
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        // Fonts keep their names: the sign-in page, which is not built here, refers to them.
        assetFileNames: (asset) =>
          asset.names.some((name) => name.endsWith('.woff2')) ? 'assets/[name][extname]' : 'assets/[name]-[hash][extname]',
      },
    },
  },
});
