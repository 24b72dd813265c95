import { defineConfig } from 'vite'

// The service serves what comes out under /dashboard; everything is a file of its own, since the page's policy allows nothing inline.
export default defineConfig({
  base: '/dashboard/',
  build: {
    outDir: 'obj/site',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
  },
  server: {
    // npm run dev beside a service on its default port.
    proxy: { '/v1': 'http://127.0.0.1:5080' },
  },
})
