import { preact } from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

// The UI is built once into dist/ui and served by the app itself, so that every address of the
// page has one origin. Vitest shares this file; its projects are the batteries of `npm test`.
export default defineConfig({
  root: 'ui',
  base: './',
  plugins: [preact()],
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    manifest: true,
    modulePreload: false,
    assetsInlineLimit: 0,
  },
  test: { root: '.', include: ['test/**/*.test.ts', 'test/**/*.test.tsx'], testTimeout: 20_000 },
});
