import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the service runs while somebody works on the pages with `npx vite web`. */
const service = 'http://127.0.0.1:3000';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  // Each answer of the service puts a nonce of its own here: see src/http/pages.ts.
  html: { cspNonce: '__CSP_NONCE__' },
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    // Nothing may stand in the page itself, nor as data in a style.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: { '/api': service, '/live': { target: service, ws: true } },
  },
});
